"""What people do with a course: ask for a seat, answer an offer, wait, pause, leave.

Each answers with the card of the new situation, or without scripts with the course's page.
"""

from collections.abc import Callable

from flask import Response, flash, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments import policies, queries, services
from app.blueprints.enrollments.forms import PlaceForm
from app.blueprints.enrollments.models import Enrollment, WaitlistEntry
from app.blueprints.enrollments.routes.blueprint import bp
from app.core import limits
from app.core.actor import Actor
from app.core.db import writing
from app.core.errors import Conflict, Invalid, NotFound
from app.core.guards import current_actor
from app.core.htmx import is_fragment, redirect, render
from app.core.i18n import gettext as _
from app.core.inputs import written
from app.core.limits import limiter

Command = Callable[[Actor], object]


@bp.get("/courses/<slug>/enrollment")
@course_guard(policies.can_enrol)
def card(course: Course) -> Response:
    """Show how this person stands before the course."""
    return _card(course, arrives=False) if is_fragment() else _to(course)


@bp.post("/courses/<slug>/enrollment")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def enrol(course: Course) -> Response:
    """Take a seat, or a place in line."""
    form = PlaceForm()
    return _act(
        course,
        lambda actor: services.enrol(actor, course_id=course.id, cohort_id=form.chosen_cohort()),
    )


@bp.delete("/courses/<slug>/enrollment")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def withdraw(course: Course) -> Response:
    """Leave the course, or take a request back."""
    return _act(course, lambda actor: services.withdraw(actor, course_id=course.id))


@bp.post("/courses/<slug>/enrollment/hold")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def pause(course: Course) -> Response:
    """Put the place on hold."""
    return _act(course, lambda actor: services.pause(actor, course_id=course.id))


@bp.post("/courses/<slug>/request")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def request_place(course: Course) -> Response:
    """Ask those who teach the course for a place."""
    form = PlaceForm()
    return _act(
        course,
        lambda actor: services.request_place(
            actor,
            course_id=course.id,
            message=form.text("message"),
            cohort_id=form.chosen_cohort(),
        ),
    )


@bp.delete("/courses/<slug>/waitlist-place")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def leave_line(course: Course) -> Response:
    """Leave the line, or let the seat go that is held."""
    return _act(course, lambda actor: services.leave_line(actor, course_id=course.id))


@bp.post("/courses/<slug>/offer/acceptance")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def take_offer(course: Course) -> Response:
    """Take the seat that is held."""
    return _act(course, lambda actor: services.take_offer(actor, course_id=course.id))


@bp.post("/courses/<slug>/invitation/acceptance")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def accept_own(course: Course) -> Response:
    """Take part, as somebody whose address was invited."""
    invitation_id = queries.situation_of(current_actor().id, course).mine.invitation_id
    if invitation_id is None:
        raise NotFound
    return _act(
        course, lambda actor: services.accept_invitation(actor, invitation_id=invitation_id)
    )


def _act(course: Course, command: Command) -> Response:
    try:
        with writing():
            done = command(current_actor())
    except (Conflict, Invalid) as refusal:
        return _refused(course, refusal)
    if is_fragment():
        return _card(course)
    flash(*_words_for(done))
    return _to(course)


def _words_for(done: object) -> tuple[str, str]:
    """Return what is said of the new situation, and in which tone."""
    if isinstance(done, WaitlistEntry):
        words = _("Every seat is taken. You are in line, and we write to you when one is yours.")
        return words, "message"
    if not isinstance(done, Enrollment):
        return _("You are out of the line."), "message"
    words_of = {
        "enrolled": _("You are enrolled. Begin whenever you like."),
        "pending": _("You have asked to take part. We write to you when it is decided."),
        "paused": _("Your place is on hold. What you did is kept."),
        "withdrawn": _("You have left the course. What you did is kept, should you come back."),
        "completed": _("You have completed this course."),
        "rejected": "",
    }
    tone = "good" if done.status == "enrolled" else "message"
    return words_of[done.status.value], tone


def _card(
    course: Course, refusal: Conflict | Invalid | None = None, *, arrives: bool = True
) -> Response:
    course = get_course(course.id)  # its seats may be others than when the request began
    return render(
        "enrollments/_enrol_card.html",
        status=refusal.status if refusal else 200,
        course=course,
        now=queries.situation_of(current_actor().id, course),
        refusal=refusal.message if refusal else None,
        typed=request.form.get("message", "") if refusal else "",
        arrives=arrives,
    )


def _refused(course: Course, refusal: Conflict | Invalid) -> Response:
    if is_fragment():
        return _card(course, refusal)
    return render(
        "enrollments/refused.html",
        status=refusal.status,
        course=course,
        message=refusal.message,
        kept=written(),
    )


def _to(course: Course) -> Response:
    return redirect(url_for("courses.show", slug=course.slug))
