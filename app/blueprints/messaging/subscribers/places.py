"""What learners are told about their places in courses, unless they did it themselves."""

from typing import Any

from app.blueprints.courses.queries import find_course_by_id
from app.blueprints.enrollments.events import (
    Enrolled,
    MovedToCohort,
    Paused,
    PrerequisitesWaived,
    Rejected,
    Withdrawn,
)
from app.blueprints.enrollments.queries import list_cohorts
from app.blueprints.messaging import services
from app.blueprints.messaging.services import News
from app.core.events import on, running_id


@on(Enrolled)
def tell_who_was_let_in(event: Enrolled) -> None:
    """Tell somebody of a seat that another person gave them: a request granted, a list read in."""
    if event.actor_id != event.user_id:
        tell_learner("let_in", event.user_id, event.course_id)


@on(Rejected)
def tell_who_was_rejected(event: Rejected) -> None:
    """Tell somebody that their request was refused, and why."""
    tell_learner("rejected", event.user_id, event.course_id, reason=event.reason)


@on(Withdrawn)
def tell_who_was_taken_out(event: Withdrawn) -> None:
    """Tell somebody that another person took them out, and why."""
    if event.actor_id != event.user_id:
        tell_learner("taken_out", event.user_id, event.course_id, reason=event.reason)


@on(Paused)
def tell_whose_place_is_paused(event: Paused) -> None:
    """Tell somebody that another person put their place on hold, and why."""
    if event.actor_id != event.user_id:
        tell_learner("paused", event.user_id, event.course_id, reason=event.reason)


@on(MovedToCohort)
def tell_who_is_in_another_cohort(event: MovedToCohort) -> None:
    """Tell somebody which group of the course they are in now."""
    names = {cohort.id: cohort.name for cohort in list_cohorts(event.course_id)}
    if event.cohort_id in names:
        name = names[event.cohort_id]
        tell_learner("cohort", event.user_id, event.course_id, cohort=name)
    elif event.cohort_id is None:
        tell_learner("no_cohort", event.user_id, event.course_id)


@on(PrerequisitesWaived)
def tell_of_the_exception(event: PrerequisitesWaived) -> None:
    """Tell somebody that they may take the course without what it builds on, and why."""
    tell_learner("waived", event.user_id, event.course_id, reason=event.reason)


def tell_learner(kind: str, user_id: int, course_id: int, **about: Any) -> None:
    """Tell one person about one course, unless that is deleted."""
    course = find_course_by_id(course_id)
    if course is not None:
        about = {"course": course.title, **about}
        services.tell(News(kind, running_id(), course_id, about), [user_id])
