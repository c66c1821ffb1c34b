"""What this domain adds to lower ones: who has joined a course, and who stays on a version."""

from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.enrollments import queries, services
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
