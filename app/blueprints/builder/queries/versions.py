"""What has been published."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.blueprints.accounts.models import User
from app.blueprints.builder.models import Publication, PublicationState
from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.courses.rules.difference import Difference
from app.core.pagination import Page, paginate

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A line of a course's history; `copy_of` is the number of the version gone back to."""

    version: CourseVersion
    by: str
    difference: Difference | None
    copy_of: int | None
    is_current: bool


def list_versions(course: Course, page: int = 1) -> Page[PublishedVersion]:
    """Return the published versions of `course`, newest first, a page at a time."""
    source = aliased(CourseVersion)
    found = paginate(
        select(CourseVersion, User.display_name, source.number)
        .outerjoin(User, User.id == CourseVersion.published_by_id)
        .outerjoin(
            Publication,
            (Publication.version_id == CourseVersion.id)
            & (Publication.state == PublicationState.DONE),
        )
        .outerjoin(source, source.id == Publication.source_id)
        .where(CourseVersion.course_id == course.id, CourseVersion.number.is_not(None))
        .order_by(CourseVersion.number.desc()),
        page,
        PAGE_SIZE,
    )
    lines = [
        PublishedVersion(
            version,
            name or "",
            Difference.from_json(version.difference) if version.difference else None,
            copy_of,
            version.id == course.current_version_id,
        )
        for version, name, copy_of in found.items
    ]
    return Page(lines, found.number, found.size, found.total)
