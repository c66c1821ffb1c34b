"""The cohorts of a course."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.blueprints.enrollments.models import Cohort
from app.core.db import db

# Part of the page of every course and of its roster, so it is built once.
_COHORTS = (
    select(Cohort)
    .options(joinedload(Cohort.seats), joinedload(Cohort.instructor))
    .where(Cohort.course_id == bindparam("course_id"))
    .order_by(Cohort.starts_on.is_(None), Cohort.starts_on, Cohort.name)
)


def list_cohorts(course_id: int) -> list[Cohort]:
    """Return the cohorts of a course with their seats and leaders, the next to begin first."""
    return list(db.session.execute(_COHORTS, {"course_id": course_id}).scalars())
