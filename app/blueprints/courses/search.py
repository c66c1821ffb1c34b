"""Full-text search over courses."""

from sqlalchemy import update

from app.blueprints.courses.models import Course
from app.core.db import db


def index_course(course_id: int, title: str, words: str) -> None:
    """Make the course findable by its title and its words."""
    db.session.execute(
        update(Course).where(Course.id == course_id).values(search_text=f"{title}\n{words}")
    )
