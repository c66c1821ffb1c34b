"""What follows when a course is published or somebody comes back: their progress is renewed."""

from contextlib import suppress

from app.blueprints.courses.events import CoursePublished
from app.blueprints.enrollments.events import Enrolled
from app.blueprints.learning import services
from app.core.errors import NotFound
from app.core.events import on


@on(CoursePublished)
def renew_progress(event: CoursePublished) -> None:
    """Bring all learners' stored progress to the versions that they are on now."""
    with suppress(NotFound):  # the course was deleted since
        services.recompute_course(course_id=event.course_id)


@on(Enrolled)
def take_up_progress(event: Enrolled) -> None:
    """Bring the progress of somebody who came back to the version of today."""
    if event.came_back:
        services.recompute_enrollment(enrollment_id=event.enrollment_id)
