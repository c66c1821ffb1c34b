"""What a course asks of those who take it; two additions at once never close a circle."""

from sqlalchemy import delete

from app.blueprints.courses import queries
from app.blueprints.courses.errors import CircularPrerequisite
from app.blueprints.courses.models import Course, CoursePrerequisite
from app.blueprints.courses.policies import can_edit_course, can_view_course
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.rules.prerequisites import MOST_PREREQUISITES, closes_a_circle
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.db.locks import lock_name
from app.core.errors import Forbidden, Invalid, NotFound, Text
from app.core.i18n import lazy_gettext as _l


def add_prerequisite(actor: Actor, *, course_id: int, slug: str) -> None:
    """Ask that those who take the course have completed the one at `slug`.

    Raises `NotFound`, `Forbidden`, `Invalid` and `CircularPrerequisite`. Asked again, it changes
    nothing.
    """
    course = _opened(actor, course_id)
    required = queries.find_course(slug.strip().lower())
    if required is None or not can_view_course(actor, required) or required.template:
        raise _refused(_l("There is no such course."))
    if required.id == course.id:
        raise _refused(_l("A course cannot ask for itself."))
    # A circle may have any number of courses, so all who add meet at one lock.
    lock_name("courses.prerequisites")
    all_required = queries.required_by_course()
    mine = all_required.get(course.id, set())
    if required.id in mine:
        return
    if len(mine) >= MOST_PREREQUISITES:
        raise _refused(_l("Keep it to %(most)d courses.", most=MOST_PREREQUISITES))
    if closes_a_circle(all_required, course.id, required.id):
        raise CircularPrerequisite(required.title)
    db.session.add(CoursePrerequisite(course_id=course.id, required_id=required.id))
    _note(actor, course, "course.requires", required.id)


def remove_prerequisite(actor: Actor, *, course_id: int, required_id: int) -> None:
    """Ask for that course no more; raises `NotFound` and `Forbidden`."""
    course = _opened(actor, course_id)
    gone = delete(CoursePrerequisite).where(
        CoursePrerequisite.course_id == course.id, CoursePrerequisite.required_id == required_id
    )
    if not db.session.execute(gone.returning(CoursePrerequisite.id)).scalar():
        raise NotFound
    _note(actor, course, "course.requires_no_more", required_id)


def _opened(actor: Actor, course_id: int) -> Course:
    course = lock_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    return course


def _note(actor: Actor, course: Course, action: str, required_id: int) -> None:
    course.updated_at = clock.now()  # its page shows rows of another table
    db.session.flush()
    audit.record(actor, action, "course", course.id, required=required_id)


def _refused(words: Text) -> Invalid:
    return Invalid(fields={"required": words})
