"""Who may do what with a course; always through the roles that people hold in it."""

from collections.abc import Iterator

from app.blueprints.courses import queries
from app.blueprints.courses.models import Asset, Course, CourseRole, CourseStatus
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.registries import hooks

EDITORS = frozenset({CourseRole.OWNER, CourseRole.INSTRUCTOR})


def role_in(actor: Actor, course: Course) -> CourseRole | None:
    """Return the role that `actor` holds in `course`, if any."""
    return next((person.role for person in course.people if person.user_id == actor.id), None)


def can_view_course(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may know of `course`: others are answered 404."""
    if course.deleted_at is not None:
        return False
    if course.status in (CourseStatus.PUBLISHED, CourseStatus.ARCHIVED) and course.is_public:
        return course.current_version_id is not None
    return can_teach(actor, course) or actor.is_approver or _is_known(actor, course)


def get_visible_course(actor: Actor, slug: str) -> Course:
    """Return the course at `slug`; raises `NotFound` where `actor` may not know of it."""
    course = queries.find_course(slug)
    if course is None or not can_view_course(actor, course):
        raise NotFound
    return course


def can_teach(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` works in `course`, in any role."""
    return actor.is_admin or role_in(actor, course) is not None


def can_edit_course(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may change what `course` says."""
    return actor.is_admin or role_in(actor, course) in EDITORS


def can_manage_course(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` decides about `course` itself: its people, its end."""
    return actor.is_admin or role_in(actor, course) is CourseRole.OWNER


def can_review_course(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may look at `course` as an approver does."""
    return actor.is_admin or actor.is_approver


def can_read_content(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may read the lessons: those who teach, review or have joined."""
    return can_teach(actor, course) or actor.is_approver or bool(_let_in(actor, course))


def get_readable_asset(actor: Actor, public_id: str) -> Asset:
    """Return the asset of this public id; raises `NotFound` where `actor` may not read it.

    Whoever may know of a course sees its cover.
    """
    asset = queries.find_asset(public_id)
    if asset is None:
        raise NotFound
    for course_id in _homes(asset):
        course = queries.find_course_by_id(course_id)
        if course is not None and _shows_to(actor, course, public_id):
            return asset
    raise NotFound


def _shows_to(actor: Actor, course: Course, public_id: str) -> bool:
    if can_read_content(actor, course):
        return True
    return course.cover == public_id and can_view_course(actor, course)


def _homes(asset: Asset) -> Iterator[int]:
    """Give the asset's own course first; its copies are only looked for if need be."""
    yield asset.course_id
    yield from queries.courses_showing(asset)


def can_create_course(actor: Actor) -> bool:
    """Tell whether `actor` may make courses."""
    return actor.is_contributor or actor.is_admin


def _is_known(actor: Actor, course: Course) -> bool:
    """Ask the floors above, which know who has joined, waits, or may come back."""
    return actor.is_authenticated and any(hooks.call("courses.known_to", actor.id, course.id))


def _let_in(actor: Actor, course: Course) -> bool:
    """Ask the floors above, which know who has joined."""
    return actor.is_authenticated and any(hooks.call("courses.member", actor.id, course.id))
