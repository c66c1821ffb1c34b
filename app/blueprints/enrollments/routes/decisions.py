"""Deciding about people: one, those who are ticked, or all that a filter shows.

First a page that says whom it is about and asks for what is missing, then the decision itself,
reported for each. All that a filter shows are decided about in steps, each said before the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from werkzeug.datastructures import MultiDict

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries, services
from app.blueprints.enrollments.forms import DecisionForm
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import number_or_none, show, wanted_of
from app.blueprints.enrollments.rules.outcomes import Decided
from app.blueprints.enrollments.rules.roster import NEEDS_REASON, Decision, RosterFilter
from app.core.db import writing
from app.core.errors import Busy, Conflict, DomainError, Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import lazy_gettext as _l
from app.core.i18n import ngettext

# In one step.
MOST = 1_000
# In one transaction, so that nobody else waits long.
_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be decided, about whom, and what the roster showed."""

    decision: Decision
    chosen: queries.Chosen
    is_every: bool
    wanted: RosterFilter

    @property
    def ids(self) -> tuple[int, ...]:
        """Return the enrolments of this step."""
        return self.chosen.ids


@bp.get("/teaching/<slug>/people/decision")
@course_guard(policies.can_decide_people)
def decision(course: Course) -> Response:
    """Say whom a decision is about, and ask for what it needs."""
    asked = _asked(course, request.args)
    return _show(course, asked, DecisionForm(formdata=None))


@bp.post("/teaching/<slug>/people/decision")
@course_guard(policies.can_decide_people)
def decide(course: Course) -> Response:
    """Decide, and say of each what came of it."""
    form, asked = DecisionForm(), _asked(course, request.form)
    form.offer(queries.list_cohorts(course.id))
    if not form.is_sent():
        return _show(course, asked, form, status=422)
    try:
        decided = _carried_out(course, asked, form)
    except Invalid as refusal:
        form.take(refusal)
        return _show(course, asked, form, status=refusal.status)
    except Conflict as refusal:
        form.form_errors.append(refusal.message)
        return _show(course, asked, form, status=refusal.status)
    done = sum(one.is_done for one in decided)
    if done and done == len(decided) and not asked.chosen.rest:
        flash(ngettext("Done, for one person.", "Done, for %(num)d people.", done), "good")
        return redirect(_way_back(course, asked))
    return _report(course, asked, decided, form)


def _asked(course: Course, sent: MultiDict[str, str]) -> Asked:
    if sent.get("decision", "") not in set(Decision):
        raise Invalid(_l("Choose what happens."))
    wanted = wanted_of(sent)
    is_every = sent.get("every", "") == "1"
    if is_every:
        turns = [number_or_none(text) or 0 for text in sent.get("after", "").split("-")]
        after = (turns[0], turns[1]) if len(turns) == 2 else queries.FIRST
        chosen = queries.choose(course.id, wanted, MOST, after)
    else:
        ids = [one for text in sent.getlist("id") if (one := number_or_none(text))]
        chosen = queries.Chosen(tuple(dict.fromkeys(ids))[:MOST], queries.FIRST, 0)
    return Asked(Decision(sent["decision"]), chosen, is_every, wanted)


def _carried_out(course: Course, asked: Asked, form: DecisionForm) -> list[Decided]:
    """Decide about a hundred at a time, who came first being the first.

    What stops a later hundred does not undo those before it, so the refusal says how many they are.
    """
    if not asked.ids:
        raise Invalid(_l("Tick somebody first."))
    found = [enrollment.id for enrollment, _person in queries.named(course.id, asked.ids)]
    order = [*found, *(one for one in asked.ids if one not in set(found))]
    decide = _command(course, asked.decision, form)
    decided: list[Decided] = []
    for first in range(0, len(order), _TOGETHER):
        try:
            with writing():
                decided += decide(order[first : first + _TOGETHER])
        except (Busy, Conflict, Invalid) as refusal:
            if not decided:
                raise
            raise _stopped(decided, refusal) from refusal
    return decided


def _stopped(decided: Sequence[Decided], refusal: DomainError) -> Conflict:
    done = sum(one.is_done for one in decided)
    words = _l(
        "This is done for %(done)d of the first %(decided)d people, and then it stopped. %(why)s",
        done=done,
        decided=len(decided),
        why=refusal.message,
    )
    return Conflict(words)


def _command(
    course: Course, decision: Decision, form: DecisionForm
) -> Callable[[Sequence[int]], list[Decided]]:
    """Return the service that decides about some enrolments, with all else that it needs."""
    actor, reason = current_actor(), form.text("reason")
    if decision is Decision.READMIT:
        return lambda ids: services.readmit(
            actor, course_id=course.id, enrollment_ids=ids, cohort_id=form.cohort_id.data
        )
    if decision is Decision.COHORT:
        return lambda ids: services.move_to_cohort(
            actor, course_id=course.id, enrollment_ids=ids, cohort_id=form.cohort_id.data
        )
    if decision is Decision.APPROVE:
        return lambda ids: services.approve(actor, course_id=course.id, enrollment_ids=ids)
    because = {
        Decision.REJECT: services.reject,
        Decision.WITHDRAW: services.take_out,
        Decision.PAUSE: services.put_on_hold,
    }[decision]
    return lambda ids: because(actor, course_id=course.id, enrollment_ids=ids, reason=reason)


def _way_back(course: Course, asked: Asked) -> str:
    if asked.decision in (Decision.APPROVE, Decision.REJECT) and not asked.is_every:
        return url_for("enrollments.requests", slug=course.slug)
    return url_for("enrollments.people", slug=course.slug, **asked.wanted.query())


def _show(course: Course, asked: Asked, form: DecisionForm, status: int = 200) -> Response:
    found = queries.named(course.id, asked.ids)
    form.offer(queries.list_cohorts(course.id))
    return show(
        course,
        "decision",
        status=status,
        form=form,
        asked=asked,
        people=[person for _enrollment, person in found],
        strangers=len(asked.ids) - len(found),
        step=len(asked.ids),
        needs_reason=asked.decision in NEEDS_REASON,
        way_back=_way_back(course, asked),
    )


def _report(
    course: Course, asked: Asked, decided: Sequence[Decided], form: DecisionForm
) -> Response:
    found = {one.id: (one, person) for one, person in queries.named(course.id, asked.ids)}
    return show(
        course,
        "decided",
        asked=asked,
        form=form,
        done=sum(one.is_done for one in decided),
        undone=[(one.outcome, found.get(int(one.what))) for one in decided if not one.is_done],
        way_back=_way_back(course, asked),
    )
