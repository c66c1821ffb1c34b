"""The public side of courses: catalogue, course page, and the files that lessons show."""

from app.blueprints.courses.routes import catalogue, course, media
from app.blueprints.courses.routes.blueprint import bp

__all__ = ["bp", "catalogue", "course", "media"]
