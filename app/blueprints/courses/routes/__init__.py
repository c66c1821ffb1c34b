"""The public side of courses: catalogue, course page, and the files that lessons show."""

from app.blueprints.courses.routes import assets as assets
from app.blueprints.courses.routes import catalogue as catalogue
from app.blueprints.courses.routes import course as course
from app.blueprints.courses.routes import media as media
from app.blueprints.courses.routes.blueprint import bp as bp
