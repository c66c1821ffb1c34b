"""The grammar of `:::` fences, as Carpentries, Pandoc, Quarto and MyST write them.

A line of three or more colons with a name opens a fence; one of colons only closes the
innermost. How many colons does not matter.
"""

import re
from dataclasses import dataclass
from typing import get_args

from app.blueprints.courses.content.blocks import Kind

_KIND = re.compile(
    r"\{?\s*(?:[.:]?(?P<kind>[A-Za-z][A-Za-z-]*))?(?P<attributes>[^}]*)\}?(?P<title>.*)"
)
_TITLE = re.compile(r"""(?:title|caption)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_KINDS = {
    "attention": "warning",
    "callout": "note",
    "caution": "warning",
    "check": "checklist",
    "danger": "warning",
    "error": "warning",
    "exercise": "challenge",
    "hint": "tip",
    "important": "warning",
    "info": "note",
    "instructor-note": "instructor",
    "key-points": "keypoints",
    "prereq": "prerequisite",
    "prerequisites": "prerequisite",
    "question": "questions",
    "summary": "keypoints",
}
_KNOWN = frozenset(get_args(Kind))


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opening line says; the title is empty where the first heading inside gives it."""

    kind: str
    title: str


def fence_info(line: str) -> str | None:
    """Return what a fence's `line` says after its colons, or None if it is no fence."""
    line = line.strip()
    return line.strip(":").strip() if line.startswith(":::") else None


def opening(info: str) -> Opening:
    """Read what follows the colons; a name that is not known makes a note with that title."""
    found = _KIND.fullmatch(info.strip())
    name = (found["kind"] or "").lower() if found else ""
    name = name.removeprefix("callout-")
    title = _title(found["attributes"] if found else "", found["title"] if found else "")
    kind = known_kind(name)
    if kind is None:
        return Opening("note", title or name.replace("-", " ").capitalize())
    return Opening(kind, title)


def known_kind(name: str) -> str | None:
    """Return our word for the kind of callout that others call `name`."""
    kind = _KINDS.get(name, name)
    return kind if kind in _KNOWN else None


def _title(attributes: str, rest: str) -> str:
    named = _TITLE.search(attributes)
    if named:
        return next(value for value in named.groups() if value is not None).strip()
    words = rest.strip() or ("" if "=" in attributes or "#" in attributes else attributes)
    return " ".join(word for word in words.split() if not word.startswith("."))
