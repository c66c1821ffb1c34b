"""Who may learn in a course, look on, and decide about certificates."""

from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_manage_course, can_review_course, can_teach
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning import queries, rules
from app.blueprints.learning.errors import NotLearning
from app.blueprints.learning.queries import Learner
from app.core.actor import Actor
from app.core.errors import NotFound


def can_ask_for_lessons(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may open the player at all; who does not learn is told why not."""
    return actor.is_authenticated


def can_preview(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may look at the lessons without learning in `course`."""
    return can_teach(actor, course) or can_review_course(actor, course)


def can_revoke(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may declare a certificate of `course` void."""
    return can_manage_course(actor, course)


def get_learner(actor: Actor, course: Course) -> Learner:
    """Return the place of `actor` in the course, or a look at it for those who teach or review.

    Raises `NotLearning`, and `NotFound` where there is nothing published to look at.
    """
    learner = queries.find_learner(actor.id, course.id)
    if learner and learner.status in MEMBERS:
        return learner
    if not can_preview(actor, course):
        raise NotLearning(rules.NOT_LEARNING[learner.status if learner else None])
    preview = queries.previewer(course)
    if preview is None:
        raise NotFound
    return preview
