"""When lessons open: what may be chosen, and for whom they are open."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.blueprints.courses.models import CompletionRule
from app.blueprints.courses.rules.completion import read_completion
from app.blueprints.courses.rules.release import Lock, check_waiting, lock, read_release
from app.core.errors import Invalid

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@dataclass
class One:
    """A lesson of module m1 unless told."""

    key: str
    release: dict[str, Any] = field(default_factory=dict)
    module_key: str = "m1"
    is_required: bool = True

    @property
    def title(self) -> str:
        return f"Lesson {self.key}"

    @property
    def module_title(self) -> str:
        return f"Module {self.module_key}"


LESSONS = [
    One("a"),
    One("b"),
    One("c", module_key="m2"),
    One("d", module_key="m2", is_required=False),
]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"release": "at_once", "opens_days": "3"}, {}),
        (
            {"release": "date", "opens_at": "2027-03-01T09:30"},
            {"rule": "date", "at": "2027-03-01T09:30+00:00"},
        ),
        (
            {"release": "date", "opens_at": "2027-03-01T09:30+02:00"},
            {"rule": "date", "at": "2027-03-01T07:30+00:00"},
        ),
        ({"release": "days", "opens_days": "7"}, {"rule": "days", "days": 7}),
        ({"release": "after", "opens_after": "a"}, {"rule": "after", "key": "a"}),
        (
            {"release": "after_module", "opens_after": "a", "opens_after_module": "m1"},
            {"rule": "after_module", "key": "m1"},
        ),
    ],
)
def test_rules_are_read(sent: dict[str, str], stored: dict[str, Any]) -> None:
    assert read_release(sent) == stored


@pytest.mark.parametrize(
    "sent",
    [
        {"release": "never"},
        {"release": "date", "opens_at": "soon"},
        {"release": "date", "opens_at": "0001-01-01T00:00+14:00"},
        {"release": "date", "opens_at": "9999-12-31T23:59-14:00"},
        {"release": "days", "opens_days": "0"},
        {"release": "days", "opens_days": "-1"},
        {"release": "days", "opens_days": "٣"},
        {"release": "days", "opens_days": "9999999"},
    ],
)
def test_nonsense_is_not_read(sent: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        read_release(sent)


def after(key: str) -> dict[str, Any]:
    return {"rule": "after", "key": key}


def test_nobody_waits_for_what_is_not_there_or_for_themselves() -> None:
    check_waiting("b", after("a"), LESSONS)
    check_waiting("c", {"rule": "after_module", "key": "m1"}, LESSONS)
    for key, release in (
        ("b", after("gone")),
        ("b", after("")),
        ("b", after("b")),
        ("a", {"rule": "after_module", "key": "m1"}),
        ("c", {"rule": "after_module", "key": "m3"}),
    ):
        with pytest.raises(Invalid):
            check_waiting(key, release, LESSONS)


def test_circles_are_refused_however_long() -> None:
    chained = [One("a"), One("b", after("a")), One("c", after("b"), module_key="m2")]
    with pytest.raises(Invalid, match="wait for itself"):
        check_waiting("a", after("c"), chained)
    with pytest.raises(Invalid, match="wait for itself"):
        check_waiting("a", {"rule": "after_module", "key": "m2"}, chained)
    check_waiting("c", after("a"), chained)


def shut(release: dict[str, Any], *done: str, enrolled: int = 0) -> Lock | None:
    """Whether a lesson of that rule is closed for one who enrolled so many days ago."""
    begun = NOW - timedelta(days=enrolled)
    return lock(release, LESSONS, now=NOW, enrolled_at=begun, done=done)


def test_locks() -> None:
    assert shut({}) is None
    later = {"rule": "date", "at": "2027-03-01T12:01+00:00"}
    assert shut(later) == Lock(opens_at=NOW + timedelta(minutes=1))
    assert shut({"rule": "date", "at": "2027-03-01T12:00+00:00"}) is None
    assert shut({"rule": "days", "days": 2}, enrolled=1) == Lock(opens_at=NOW + timedelta(days=1))
    assert shut({"rule": "days", "days": 2}, enrolled=2) is None
    assert shut(after("a")) == Lock(waits_for="Lesson a")
    assert shut(after("a"), "a") is None
    assert shut(after("gone")) is None
    module = {"rule": "after_module", "key": "m2"}
    assert shut(module) == Lock(waits_for="Module m2", is_module=True)
    assert shut(module, "c") is None  # the other one is optional


def test_completion_is_read() -> None:
    assert read_completion({"completion": "manual"}) == (CompletionRule.MANUAL, None)
    timed = {"completion": "timed", "timed_minutes": "1", "timed_seconds": "30"}
    assert read_completion(timed) == (CompletionRule.TIMED, 90)
    for wrong in ({}, timed | {"timed_minutes": "x"}, timed | {"timed_minutes": "900"}):
        with pytest.raises(Invalid):
            read_completion(wrong)
    with pytest.raises(Invalid):
        read_completion({"completion": "timed"})
