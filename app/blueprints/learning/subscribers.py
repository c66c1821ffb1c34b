"""What follows when a course is published or somebody comes back: their progress is renewed."""

from contextlib import suppress

from app.blueprints.courses.events import CoursePublished
from app.blueprints.enrollments.events import Enrolled
from app.blueprints.learning import services
from app.blueprints.learning.events import RenewalGoesOn
from app.core.errors import NotFound
from app.core.events import on


@on(CoursePublished)
def renew_progress(event: CoursePublished) -> None:
    """Begin to bring all learners' stored progress to the versions that they are on now."""
    with suppress(NotFound):  # the course was deleted since
        services.renew_progress(course_id=event.course_id, version_id=event.version_id)


@on(RenewalGoesOn)
def go_on_renewing(event: RenewalGoesOn) -> None:
    """Renew the progress of those who come next."""
    with suppress(NotFound):
        services.renew_progress(
            course_id=event.course_id, version_id=event.version_id, after=event.after
        )


@on(Enrolled)
def take_up_progress(event: Enrolled) -> None:
    """Bring the progress of somebody who came back to the version of today."""
    if event.came_back:
        services.recompute_enrollment(enrollment_id=event.enrollment_id)
