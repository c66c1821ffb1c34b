"""Since which version lessons are to be done again."""

from sqlalchemy import CTE, func, select
from sqlalchemy.orm import aliased

from app.blueprints.courses.models import CourseVersion, Lesson


def redo_marks(course_id: int) -> CTE:
    """Return (key, since) of the lessons that ever had to be done again, for a statement to use.

    What counts is the highest mark that a lesson had in any version: those of an older version
    alone would credit those again who were asked to do the lesson anew.
    """
    marked, owner = aliased(Lesson), aliased(CourseVersion)
    return (
        select(marked.key, func.max(marked.redo_since).label("since"))
        .join(owner, owner.id == marked.version_id)
        .where(owner.course_id == course_id, marked.redo_since.is_not(None))
        .group_by(marked.key)
        .cte("redo_marks")
    )
