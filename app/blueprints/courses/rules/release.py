"""When a lesson opens: what its author may say of it, and whether it is open for somebody.

Stored on the lesson as JSON: `{}` opens at once; `{"rule": "date", "at": …}` at a moment (UTC);
`{"rule": "days", "days": …}` so long after enrolment; `{"rule": "after", "key": …}` when that
lesson, or `{"rule": "after_module", "key": …}` when the required lessons of that module are done.
A lesson that waits for one that is gone is open: nobody could ever open it.
"""

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from app.core.errors import Invalid, Text
from app.core.i18n import lazy_gettext as _l

Release = dict[str, Any]
LONGEST_DAYS = 3 * 365


class ReleaseRule(enum.StrEnum):
    """What opens a lesson."""

    AT_ONCE = "at_once"
    DATE = "date"
    DAYS = "days"
    AFTER = "after"
    AFTER_MODULE = "after_module"


RULES: dict[ReleaseRule, Text] = {
    ReleaseRule.AT_ONCE: _l("At once"),
    ReleaseRule.DATE: _l("On a date"),
    ReleaseRule.DAYS: _l("Some days after enrolment"),
    ReleaseRule.AFTER: _l("When another lesson is done"),
    ReleaseRule.AFTER_MODULE: _l("When a module is done"),
}


class Placed(Protocol):
    """A lesson as these rules see it."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def module_key(self) -> str: ...
    @property
    def module_title(self) -> str: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def release(self) -> Release: ...


@dataclass(frozen=True, slots=True)
class Lock:
    """Why a lesson is closed: until a moment, or until what is named is done."""

    opens_at: datetime | None = None
    waits_for: str = ""
    is_module: bool = False


def rule_of(release: Release) -> ReleaseRule:
    """Return the rule that was stored."""
    return ReleaseRule(release.get("rule", ReleaseRule.AT_ONCE))


def moment_of(release: Release) -> datetime | None:
    """Return the moment that was stored, if there is one."""
    return datetime.fromisoformat(release["at"]) if "at" in release else None


def opens_later(release: Release, now: datetime) -> bool:
    """Tell whether a lesson of that rule is closed for one who begins now."""
    if rule_of(release) is ReleaseRule.DATE:
        return _until(moment_of(release), now) is not None
    return rule_of(release) is not ReleaseRule.AT_ONCE


def read_release(sent: Mapping[str, str]) -> Release:
    """Read what an author chose: `release`, with `opens_at`, `opens_days`, `opens_after`.

    Raises `Invalid`. Whether what it waits for is there is `check_waiting`'s to say.
    """
    try:
        rule = ReleaseRule(sent.get("release", ""))
    except ValueError:
        raise _refused("release", _l("Choose when the lesson opens.")) from None
    match rule:
        case ReleaseRule.AT_ONCE:
            return {}
        case ReleaseRule.DATE:
            return {"rule": rule.value, "at": _read_moment(sent.get("opens_at", ""))}
        case ReleaseRule.DAYS:
            return {"rule": rule.value, "days": _read_days(sent.get("opens_days", ""))}
        case ReleaseRule.AFTER | ReleaseRule.AFTER_MODULE:
            field = "opens_after" if rule is ReleaseRule.AFTER else "opens_after_module"
            return {"rule": rule.value, "key": sent.get(field, "")}


def check_waiting(key: str, release: Release, lessons: Sequence[Placed]) -> None:
    """Refuse a rule of lesson `key` that waits for nothing there is, or in the end for itself."""
    if "key" not in release:
        return
    targets = _targets(release, lessons)
    if not targets:
        raise _refused("release", _l("Choose what has to be done first."))
    rules = {one.key: one.release for one in lessons} | {key: release}
    seen, ahead = set[str](), list(targets)
    while ahead:
        one = ahead.pop()
        if one == key:
            raise _refused("release", _l("This lesson would wait for itself and never open."))
        if one not in seen:
            seen.add(one)
            ahead += _targets(rules.get(one, {}), lessons)


def lock(
    release: Release,
    lessons: Sequence[Placed],
    *,
    now: datetime,
    enrolled_at: datetime | None,
    done: Collection[str],
) -> Lock | None:
    """Return why a lesson of that rule is closed for somebody, or None where it is open."""
    match rule_of(release):
        case ReleaseRule.DATE:
            return _until(moment_of(release), now)
        case ReleaseRule.DAYS:
            begun = enrolled_at or now
            return _until(begun + timedelta(days=release["days"]), now)
        case ReleaseRule.AFTER | ReleaseRule.AFTER_MODULE:
            return _waiting(release, lessons, done)
        case _:
            return None


def _until(moment: datetime | None, now: datetime) -> Lock | None:
    return Lock(opens_at=moment) if moment and moment > now else None


def _waiting(release: Release, lessons: Iterable[Placed], done: Collection[str]) -> Lock | None:
    is_module = rule_of(release) is ReleaseRule.AFTER_MODULE
    for one in lessons:
        if is_module and one.module_key == release["key"]:
            if one.is_required and one.key not in done:
                return Lock(waits_for=one.module_title, is_module=True)
        elif not is_module and one.key == release["key"] and one.key not in done:
            return Lock(waits_for=one.title)
    return None


def _targets(release: Release, lessons: Iterable[Placed]) -> list[str]:
    """Return the keys of the lessons that have to be done first."""
    match rule_of(release):
        case ReleaseRule.AFTER:
            return [one.key for one in lessons if one.key == release["key"]]
        case ReleaseRule.AFTER_MODULE:
            within = [one for one in lessons if one.module_key == release["key"]]
            return [one.key for one in within if one.is_required]
        case _:
            return []


def _read_moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (OverflowError, ValueError):
        raise _refused("opens_at", _l("Say on which day and at what time.")) from None
    return moment.isoformat(timespec="minutes")


def _read_days(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value[:6]) <= LONGEST_DAYS:
        raise _refused("opens_days", _l("Give a number of days between 1 and 1,095."))
    return int(value)


def _refused(field: str, words: Text) -> Invalid:
    return Invalid(words, fields={field: words})
