"""The guard of every address below a course: it loads the course through the person's scope."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import get_visible_course
from app.core.actor import Actor
from app.core.guards import current_actor, named, require

View = Callable[..., Any]


def course_guard(policy: Callable[[Actor, Course], bool]) -> Callable[[View], View]:
    """Pass `course` in place of `slug` where `policy` allows.

    Raises `NotFound` for a course that the person may not know of, `SignInNeeded` for strangers
    and `Forbidden` for others.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, **kwargs: Any) -> Any:
            actor = current_actor()
            course = get_visible_course(actor, slug)
            require(policy(actor, course))
            return view(course=course, **kwargs)

        return named(guarded, f"course:{policy.__name__}")

    return decorate
