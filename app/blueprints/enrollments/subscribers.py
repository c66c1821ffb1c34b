"""What this domain adds to lower ones, and what follows when seats may have come free."""

from contextlib import suppress

from app.blueprints.courses.events import AdmissionChanged, CourseStatusChanged
from app.blueprints.courses.models import Course, CourseStatus, CourseVersion
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.events import SeatsToLookAt
from app.core.errors import NotFound
from app.core.events import on
from app.core.i18n import gettext as _
from app.core.registries import hooks

NEW_LEARNERS = "new_learners"


@hooks.fill("courses.member")
def is_member(user_id: int, course_id: int) -> bool:
    """Tell whether this person takes part in the course."""
    return queries.is_member(user_id, course_id)


@hooks.fill("courses.before_flip")
def hold_or_move(
    course: Course, old: CourseVersion | None, _new: CourseVersion, audience: str
) -> None:
    """Before a new version becomes the current one: keep present learners, or move everybody."""
    if audience == NEW_LEARNERS and old is not None:
        services.pin_learners(course_id=course.id, version_id=old.id)
    else:
        services.unpin_learners(course_id=course.id)


@hooks.fill("courses.known_to")
def is_known(user_id: int, course_id: int) -> bool:
    """Tell whether this person has to do with a course that is not in the catalogue."""
    return queries.is_known(user_id, course_id)


@on(CourseStatusChanged)
def end_the_line(event: CourseStatusChanged) -> None:
    """When a course ends, nobody waits for it any more."""
    if event.to_status != CourseStatus.ARCHIVED:
        return
    with suppress(NotFound):
        services.close_line(
            course_id=event.course_id,
            reason=_("This course has ended and takes nobody in any more."),
        )


@on(AdmissionChanged)
def seats_by_new_rules(event: AdmissionChanged) -> None:
    """Let seats go that completed learners need not hold any more."""
    _look_at_seats(event.course_id)


@on(SeatsToLookAt)
def look_at_seats(event: SeatsToLookAt) -> None:
    """Offer the seats that came free unseen to those who wait for them."""
    _look_at_seats(event.course_id)


def _look_at_seats(course_id: int) -> None:
    with suppress(NotFound):  # the course was deleted since
        services.look_at_seats(course_id=course_id)
