"""The life of a course: which step may follow which (the design's status machine)."""

from app.blueprints.courses.models.kinds import CourseStatus

TRANSITIONS: dict[CourseStatus, frozenset[CourseStatus]] = {
    CourseStatus.DRAFT: frozenset({CourseStatus.REVIEW}),
    CourseStatus.REVIEW: frozenset({CourseStatus.PUBLISHED, CourseStatus.DRAFT}),
    CourseStatus.PUBLISHED: frozenset({CourseStatus.ARCHIVED}),
    CourseStatus.ARCHIVED: frozenset({CourseStatus.PUBLISHED}),
}


def may_become(current: CourseStatus, wanted: CourseStatus) -> bool:
    """Tell whether a course may go from `current` to `wanted` in one step."""
    return wanted in TRANSITIONS[current]


def steps_to_published(current: CourseStatus) -> tuple[CourseStatus, ...]:
    """Return the steps that publishing records, each an entry of the course's history."""
    if current is CourseStatus.DRAFT:
        return (CourseStatus.REVIEW, CourseStatus.PUBLISHED)
    return () if current is CourseStatus.PUBLISHED else (CourseStatus.PUBLISHED,)
