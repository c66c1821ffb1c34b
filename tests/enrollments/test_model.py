"""Random people, teachers, capacities and jumps of the clock: the services against the model."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.blueprints.courses.models import EnrollmentType
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.models import Enrollment, WaitlistEntry, WaitlistState
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import DomainError
from app.core.outbox.models import OutboxEntry
from tests.enrollments.acts import line, person, sweep, taken, teacher_of
from tests.enrollments.model import Model, Refused
from tests.factories.courses import make_course
from tests.support import both_databases

BEGAN = datetime(2027, 3, 27, 12, tzinfo=UTC)
PEOPLE, STEPS = 6, 30

BY_THEMSELVES: dict[str, Callable[..., object]] = {
    "ask": services.enrol,
    "request": services.request_place,
    "withdraw": services.withdraw,
    "pause": services.pause,
    "take": services.take_offer,
    "leave_line": services.leave_line,
}
numbers = st.integers(0, PEOPLE - 1)


class Seats(RuleBasedStateMachine):
    """Each rule does the same to the course and to the model; both refuse, or both agree."""

    people: list[Actor]

    @initialize(capacity=st.integers(1, 3), by_approval=st.booleans())
    def begin(self, capacity: int, by_approval: bool) -> None:
        """Everybody comes at once, so that most of them wait."""
        kind = EnrollmentType.APPROVAL if by_approval else EnrollmentType.OPEN
        self.course = make_course(capacity=capacity, enrollment_type=kind)
        self.owner = teacher_of(self.course)
        db.session.expunge_all()  # what is rolled back below is not the course's own fields
        self.model = Model(BEGAN, capacity, by_approval)
        for who in range(PEOPLE):
            self.learner("request" if by_approval else "ask", who)
        if by_approval:
            self.answer(list(range(PEOPLE - 1)))

    @rule(
        what=st.sampled_from(["ask"] * 3 + ["withdraw"] * 3 + ["take"] * 3 + list(BY_THEMSELVES)),
        who=numbers,
    )
    def learner(self, what: str, who: int) -> None:
        """Somebody does something by themselves."""
        act, service = getattr(self.model, what), BY_THEMSELVES[what]
        self.both(lambda: act(self.id(who)), service, self.people[who])

    @rule(what=st.sampled_from(["reject", "take_out"]), who=numbers)
    def teacher(self, what: str, who: int) -> None:
        """Somebody who teaches does something with somebody."""
        act, service = getattr(self.model, what), getattr(services, what)
        ids = [self.enrollment_of(who)]
        self.both(lambda: act(self.id(who)), service, self.owner, enrollment_ids=ids, reason="No")

    @rule(people=st.lists(numbers, max_size=4, unique=True))
    def answer(self, people: list[int]) -> None:
        """Requests are granted."""
        self.both(
            lambda: self.model.approve([self.id(one) for one in people]),
            services.approve,
            self.owner,
            enrollment_ids=[self.enrollment_of(one) for one in people],
        )

    @rule(who=numbers, place=st.integers(1, PEOPLE))
    def reorder(self, who: int, place: int) -> None:
        """Somebody is put elsewhere in the line."""
        entry = queries.find_entry(self.id(who), self.course.id)
        self.both(
            lambda: self.model.reorder(self.id(who), place),
            services.reorder,
            self.owner,
            entry_id=entry.id if entry else 0,
            place=place,
            reason="Fair",
        )

    @rule(capacity=st.sampled_from([1, 2, 3, 4, None]))
    def resize(self, capacity: int | None) -> None:
        """There are other seats."""
        self.both(
            lambda: self.model.resize(capacity),
            services.set_capacity,
            self.owner,
            capacity=capacity,
        )

    @rule(who=numbers)
    def complete(self, who: int) -> None:
        """Somebody has done everything."""
        mine = select(Enrollment.id).filter_by(user_id=self.id(who), course_id=self.course.id)
        with clock.freeze(self.model.now), writing():
            services.complete(among=mine)
        self.model.complete(self.id(who))

    @rule(hours=st.sampled_from([1, 24, 47, 48, 49]))
    def wait(self, hours: int) -> None:
        self.model.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        with clock.freeze(self.model.now):
            sweep()
        if any(ends_at <= self.model.now for ends_at in self.model.offers.values()):
            self.model.settle()

    @invariant()
    def they_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        model, course = self.model, self.course
        assert taken(course) == model.taken
        assert line(course) == model.in_order()
        assert self.statuses() == model.status
        assert self.offers() == model.offers
        assert not model.line or model.taken == model.capacity
        assert self.offers_recorded() == model.notices

    def both(
        self,
        expected: Callable[[], None],
        service: Callable[..., object],
        actor: Actor,
        **rest: object,
    ) -> None:
        before = deepcopy(self.model)
        refused = False
        try:
            expected()
        except Refused:
            self.model, refused = before, True
        answered: DomainError | None = None
        try:
            with clock.freeze(self.model.now), writing():
                service(actor, course_id=self.course.id, **rest)
        except DomainError as refusal:
            answered = refusal
        assert (answered is not None) is refused, f"{service}: {answered!r}"

    def id(self, who: int) -> int:
        return self.people[who].id

    def enrollment_of(self, who: int) -> int:
        found = queries.find_enrollment(self.id(who), self.course.id)
        db.session.rollback()
        return found.id if found else 0

    def statuses(self) -> dict[int, str]:
        rows = select(Enrollment.user_id, Enrollment.status).filter_by(course_id=self.course.id)
        return {user_id: status.value for user_id, status in db.session.execute(rows)}

    def offers(self) -> dict[int, datetime | None]:
        rows = select(WaitlistEntry.user_id, WaitlistEntry.offer_ends_at)
        mine = rows.filter_by(course_id=self.course.id, state=WaitlistState.OFFERED)
        return dict(iter(db.session.execute(mine)))

    def offers_recorded(self) -> list[int]:
        """Who was told of a seat, in that order; the courses of other walks go on being swept."""
        rows = select(OutboxEntry.event_id, OutboxEntry.payload).filter_by(event_name="Offered")
        found = db.session.execute(rows.order_by(OutboxEntry.id))
        events: dict[str, dict[str, int]] = dict(iter(found))
        mine = (one for one in events.values() if one["course_id"] == self.course.id)
        return [one["user_id"] for one in mine]


def _settings(examples: int) -> settings:
    """Without making a failure smaller, which takes minutes with a database."""
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@both_databases
def test_the_services_do_what_the_model_does(app: Flask, rounds: int) -> None:
    Seats.people = [person(f"Person {n}") for n in range(PEOPLE)]
    run_state_machine_as_test(
        Seats,
        settings=_settings(rounds * 3),
    )


@pytest.mark.parametrize("service", ["offer_free_seats", "_expire_offers"])
def test_services_that_forget_something_are_found(
    app: Flask, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("seats", "enrolling", "settings", "waitlist"):
        name = f"app.blueprints.enrollments.services.{module}.{service}"
        monkeypatch.setattr(name, lambda _seats: None, raising=False)
    Seats.people = [person(f"Person {n}") for n in range(PEOPLE)]
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Seats, settings=_settings(20))
