"""What people of the demonstration school have done."""

from itertools import islice

from app.blueprints.courses.queries import get_course, get_version, outline
from app.blueprints.learning import services as learning
from app.core.actor import Actor


def do_lessons(learner: Actor, course_id: int, number: int) -> None:
    """Let a learner have done the first lessons of a course."""
    version = get_version(get_course(course_id).current_version_id or 0)
    for key in islice(outline(version).lessons, number):
        learning.complete_lesson(
            learner, course_id=course_id, lesson_key=key, version_number=version.number or 1
        )
