"""What somebody teaches, and what of it needs them."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import selectinload

from app.blueprints.builder.models import ReviewRequest, ReviewState
from app.blueprints.courses.models import Course, CourseInstructor, CourseVersion
from app.core.db import db
from app.core.pagination import LAST_PAGE, PAGE_SIZE, Page


@dataclass(frozen=True, slots=True)
class Taught:
    """A course as its teacher sees it in a list.

    `number` is its published version; `working_title` is None where nothing waits to be
    published; `review` is the last request for review, where it still concerns that work.
    """

    course: Course
    number: int | None
    working_title: str | None
    review: ReviewRequest | None

    @property
    def title(self) -> str:
        """Return the title that people see or, before the first publication, the draft's."""
        return self.course.title if self.number else self.working_title or self.course.title

    @property
    def is_in_review(self) -> bool:
        """Tell whether an approver has it."""
        return self.review is not None and self.review.state is ReviewState.OPEN


def list_taught(user_id: int, page: int = 1) -> Page[Taught]:
    """Return a page of what this person works in, the last changed first: four statements."""
    mine = select(CourseInstructor.course_id).where(CourseInstructor.user_id == user_id)
    statement = (
        select(Course)
        .where(Course.id.in_(mine), Course.deleted_at.is_(None))
        .options(selectinload(Course.people))
        .order_by(Course.updated_at.desc(), Course.id.desc())
    )
    rows = db.session.execute(
        statement.add_columns(func.count().over())
        .limit(PAGE_SIZE)
        .offset((min(page, LAST_PAGE) - 1) * PAGE_SIZE)
    ).all()
    courses = [row[0] for row in rows]
    ids = [course.id for course in courses]
    numbers, working = _versions(ids)
    reviews = _reviews(ids)
    taught = [
        Taught(
            course,
            numbers.get(course.id),
            working[course.id].title if course.id in working else None,
            _concerning(reviews.get(course.id), working.get(course.id)),
        )
        for course in courses
    ]
    return Page(taught, page, PAGE_SIZE, rows[0][1] if rows else 0)


@dataclass(frozen=True, slots=True)
class SentBack:
    """A course whose review asks for changes, and why."""

    slug: str
    title: str
    reason: str


def list_sent_back(user_id: int) -> list[SentBack]:
    """Return all that was sent back of what this person works in, the last first."""
    mine = select(CourseInstructor.course_id).where(CourseInstructor.user_id == user_id)
    latest = select(func.max(ReviewRequest.id)).group_by(ReviewRequest.course_id)
    title = case((Course.current_version_id.is_(None), CourseVersion.title), else_=Course.title)
    rows = db.session.execute(
        select(Course.slug, title.label("title"), ReviewRequest.reason)
        .join(Course, Course.id == ReviewRequest.course_id)
        .join(CourseVersion, CourseVersion.id == ReviewRequest.version_id)
        .where(
            ReviewRequest.state == ReviewState.SENT_BACK,
            ReviewRequest.id.in_(latest.where(ReviewRequest.course_id.in_(mine))),
            CourseVersion.number.is_(None),
            Course.deleted_at.is_(None),
        )
        .order_by(ReviewRequest.id.desc())
    )
    return [SentBack(row.slug, row.title, row.reason or "") for row in rows]


def count_open_reviews() -> int:
    """Return how many courses wait for an approver."""
    counted = (
        select(func.count(ReviewRequest.id))
        .join(Course, Course.id == ReviewRequest.course_id)
        .where(ReviewRequest.state == ReviewState.OPEN, Course.deleted_at.is_(None))
    )
    return db.session.execute(counted).scalar_one()


def _versions(ids: list[int]) -> tuple[dict[int, int], dict[int, CourseVersion]]:
    """Return the number of each course's current version, and each working version."""
    shown = (
        select(CourseVersion)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(
            Course.id.in_(ids),
            or_(CourseVersion.number.is_(None), CourseVersion.id == Course.current_version_id),
        )
    )
    versions = list(db.session.execute(shown).scalars())
    numbers = {one.course_id: one.number for one in versions if one.number is not None}
    return numbers, {one.course_id: one for one in versions if one.is_working}


def _reviews(ids: list[int]) -> dict[int, ReviewRequest]:
    """Return the last request for review of each course."""
    latest = (
        select(func.max(ReviewRequest.id))
        .where(ReviewRequest.course_id.in_(ids))
        .group_by(ReviewRequest.course_id)
    )
    requests = select(ReviewRequest).where(ReviewRequest.id.in_(latest))
    return {one.course_id: one for one in db.session.execute(requests).scalars()}


def _concerning(
    review: ReviewRequest | None, working: CourseVersion | None
) -> ReviewRequest | None:
    return review if review and working and review.version_id == working.id else None
