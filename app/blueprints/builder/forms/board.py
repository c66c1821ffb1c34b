"""How the small commands of the board are read: places, orders, revisions, whereabouts."""

from dataclasses import dataclass
from typing import Any

from flask import Request
from werkzeug.datastructures import MultiDict

from app.blueprints.builder.rules.sessions import Place
from app.blueprints.builder.rules.steps import TOTAL
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _l

_LONGEST_NUMBER = 20
_LONGEST_KEY = 32


@dataclass(frozen=True, slots=True)
class WantedOrder:
    """A whole order, and the revision of the board that it was made on."""

    board_revision: int
    order: list[tuple[str, list[str]]]


def read_order(request: Request) -> WantedOrder:
    """Read a whole order: JSON with an If-Match header, or a form of keys; raises `Invalid`.

    The form's `order` has a line for each module: its key, a colon, its lessons' keys.
    """
    sent = _json_of(request) if request.is_json else None
    if isinstance(sent, dict):
        revision = _revision_of(request, sent.get("board_revision"))
        return WantedOrder(revision, _checked_order(sent.get("order")))
    revision = _revision_of(request, request.form.get("board_revision"))
    lines = [line for line in request.form.get("order", "").splitlines() if line.strip()]
    order = [(module.strip(), keys.split()) for module, _, keys in map(_parted, lines)]
    return WantedOrder(revision, order)


def _json_of(request: Request) -> Any:
    try:
        return request.get_json()
    except RecursionError as error:  # brackets within brackets, by the thousand
        raise Invalid from error


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _revision_of(request: Request, sent: Any) -> int:
    # A compressed answer carries its tag with the name of the compression after a colon.
    tags = [tag.removeprefix("b").partition(":")[0] for tag in request.if_match.as_set()]
    for value in (*tags, str(sent or "")):
        if value.isascii() and value.isdigit() and len(value) < _LONGEST_NUMBER:
            return int(value)
    raise Invalid(_l("Say which state of the board this order was made on (If-Match)."))


def _checked_order(sent: Any) -> list[tuple[str, list[str]]]:
    try:
        order = [(module, list(keys)) for module, keys in sent]
    except (TypeError, ValueError):
        order = [("", [None])]
    if not all(isinstance(key, str) for module, keys in order for key in (module, *keys)):
        raise Invalid(_l("An order is a list of modules, each with the keys of its lessons."))
    return order


def read_whereabouts(sent: MultiDict[str, str]) -> Place:
    """Read where in the builder somebody is; raises `Invalid`."""
    step = sent.get("step", 0, type=int)
    lesson, block = sent.get("lesson", ""), sent.get("block", "")
    if not 1 <= step <= TOTAL or max(len(lesson), len(block)) > _LONGEST_KEY:
        raise Invalid(_l("There is no such place."))
    return Place(step, lesson, block)


def read_revision(sent: MultiDict[str, str]) -> int:
    """Read the revision that a change was made on; raises `Invalid`."""
    revision = sent.get("revision", type=int)
    if revision is None:
        raise Invalid(_l("Say which state this change was made on."))
    return revision


def read_place(sent: MultiDict[str, str]) -> tuple[str, str | None]:
    """Read where a lesson should go: `module` and `after`, or both in `place` with a slash."""
    module, _, after = sent.get("place", "").partition("/")
    module, after = sent.get("module", module), sent.get("after", after)
    if not module:
        raise Invalid(_l("Say where it should go."))
    return module, after or None


def read_after(sent: MultiDict[str, str]) -> str | None:
    """Read what something should stand after, None for first, said by an empty `after`."""
    if "after" not in sent:
        raise Invalid(_l("Say where it should go."))
    return sent["after"] or None
