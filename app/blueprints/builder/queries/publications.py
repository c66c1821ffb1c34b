"""What would be published, and what is being published."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.blueprints.builder.models import Publication
from app.blueprints.builder.queries.readiness import outline_readiness
from app.blueprints.builder.rules.readiness import Readiness
from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.courses.rules.difference import Difference, compare
from app.blueprints.courses.rules.outline import Outline
from app.core.db import db
from app.core.errors import NotFound

# A page asks for it again and again while a publication is under way.
_ONE = (
    select(Publication)
    .where(Publication.id == bindparam("id"), Publication.course_id == bindparam("course_id"))
    .options(
        joinedload(Publication.version),
        joinedload(Publication.source),
        joinedload(Publication.requested_by),
    )
)


@dataclass(frozen=True, slots=True)
class PublicationPreview:
    """What publishing `version` would do; `difference` is None for a first publication."""

    version: CourseVersion
    number: int
    outline: Outline
    readiness: Readiness
    difference: Difference | None

    @property
    def keys(self) -> list[str]:
        """Return the keys of its lessons."""
        return list(self.outline.lessons)

    @property
    def size(self) -> int:
        """Return how many things it would change; all lessons for a first publication."""
        return len(self.outline.lessons) if self.difference is None else self.difference.count

    @property
    def has_changes(self) -> bool:
        """Tell whether there is anything to publish."""
        return self.difference is None or self.difference.count > 0


@dataclass(frozen=True, slots=True)
class PublicationChoice:
    """What an author has chosen so far: whom it is for, and what is to be done again."""

    everyone: bool = True
    redo: tuple[str, ...] = ()


def publication_preview(course: Course) -> PublicationPreview:
    """Return what publishing the working version of `course` would change."""
    version, current = courses.shown_and_current(course)
    if current is None:
        new = courses.outline(version, facts=True)
        return PublicationPreview(version, 1, new, outline_readiness(course, new), None)
    new, old = courses.outlines(version, current, facts=True)
    # Numbers only rise, and the newest version is always the current one.
    number = (current.number or 0) + 1
    ready = outline_readiness(course, new)
    return PublicationPreview(version, number, new, ready, compare(old, new))


def revert_preview(course: Course, number: int) -> PublicationPreview:
    """Return what publishing a copy of version `number` would change; raises `NotFound`."""
    source = courses.get_published_version(course.id, number)
    if course.current_version_id is None:
        raise NotFound
    current = courses.get_version(course.current_version_id)
    new, old = courses.outlines(source, current)
    return PublicationPreview(
        source, (current.number or 0) + 1, new, Readiness(), compare(old, new)
    )


def has_draft(course: Course) -> bool:
    """Tell whether somebody is changing `course`."""
    return courses.find_working_version(course.id) is not None


def get_publication(course: Course, publication_id: int) -> Publication:
    """Return a publication of `course`; raises `NotFound`."""
    which = {"id": publication_id, "course_id": course.id}
    publication = db.session.execute(_ONE, which).scalar_one_or_none()
    if publication is None:
        raise NotFound
    return publication
