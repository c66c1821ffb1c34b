"""The roster: everybody who is in a course, was in it, or asks to be."""

from functools import partial

from flask import Response, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import show, wanted_of
from app.blueprints.enrollments.rules.roster import (
    Decision,
    RosterFilter,
    Sort,
    decisions_among,
    decisions_for,
)


@bp.get("/teaching/<slug>/people")
@course_guard(policies.can_see_people)
def people(course: Course) -> Response:
    """Show who is in the course."""
    wanted = wanted_of(request.args)
    address = partial(url_for, "enrollments.people", slug=course.slug)
    here = address()
    return show(
        course,
        "roster",
        "_rows",
        wanted=wanted,
        people=queries.roster(course.id, wanted),
        cohorts=queries.list_cohorts(course.id),
        sorts=Sort,
        decisions_for=decisions_for,
        decisions_among=decisions_among,
        history_of=lambda number: f"{here}/{number}",
        decision_addresses=_decision_addresses(course, wanted),
        address_of=lambda **changes: address(**wanted.query(**changes)),
        sort_address=lambda sort: address(**wanted.sorted_by(sort).query()),
        page_address=lambda number: address(**wanted.query(page=number)),
    )


def _decision_addresses(course: Course, wanted: RosterFilter) -> dict[Decision, str]:
    """Return where each decision is taken about somebody, to whom it leads back."""
    back = wanted.query(page=wanted.page)
    address = partial(url_for, "enrollments.decision", slug=course.slug, **back)
    return {one: address(decision=one.value) for one in Decision}
