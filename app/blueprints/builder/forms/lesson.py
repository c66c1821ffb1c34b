"""What authors set of a lesson besides its text."""

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from werkzeug.datastructures import MultiDict

from app.blueprints.courses.models import CompletionRule, LessonKind
from app.blueprints.courses.rules.completion import read_completion
from app.blueprints.courses.rules.release import Release, read_release
from app.core.errors import Invalid, Text
from app.core.i18n import lazy_gettext as _l


class LessonValues(TypedDict, total=False):
    """What a lesson's card shows; a value that was not sent is not there."""

    title: str
    minutes: int
    is_required: bool
    kind: str
    completion: tuple[CompletionRule, int | None]
    release: Release


# Which fields say one setting together, the first of which is called as the setting.
PARTS = {
    "title": ("title",),
    "minutes": ("minutes",),
    "is_required": ("is_required",),
    "kind": ("kind",),
    "completion": ("completion", "timed_minutes", "timed_seconds"),
    "release": ("release", "opens_at", "opens_days", "opens_after", "opens_after_module"),
}


def read_lesson(sent: MultiDict[str, str]) -> LessonValues:
    """Read the values of a lesson that were sent; raises `Invalid`."""
    values: LessonValues = {}
    if "title" in sent:
        values["title"] = sent["title"]
    if "minutes" in sent:
        values["minutes"] = _read_minutes(sent["minutes"].strip())
    if "is_required" in sent:
        values["is_required"] = sent["is_required"] == "1"
    if "kind" in sent:
        if sent["kind"] not in set(LessonKind):
            raise Invalid(fields={"kind": _l("There is no such kind of lesson.")})
        values["kind"] = sent["kind"]
    if "completion" in sent:
        values["completion"] = read_completion(sent)
    if "release" in sent:
        values["release"] = read_release(sent)
    return values


def _read_minutes(typed: str) -> int:
    """Read minutes, 0 for a field left empty; what is none becomes one that no lesson takes."""
    if not typed:
        return 0
    return int(typed) if re.fullmatch(r"[1-9][0-9]{0,4}", typed) else -1


def read_settings(sent: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Text]]:
    """Read each setting that was sent by itself; return them, and why others are none."""
    found: dict[str, Any] = {}
    refused: dict[str, Text] = {}
    for name, parts in PARTS.items():
        one = MultiDict({part: sent[part] for part in parts if part in sent})
        try:
            found |= read_lesson(one)
        except Invalid as error:
            refused |= error.fields or {name: error.message}
    return found, refused
