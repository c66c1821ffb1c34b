"""From what somebody sent to a body that may be stored, or to words about what is wrong."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.canonical import canonical_json
from app.core.errors import Invalid, Text
from app.core.i18n import gettext
from app.core.i18n import lazy_gettext as _l
from app.core.sanitise import clean_html

MAX_BYTES = 1_000_000
"""Of a body's canonical JSON in UTF-8."""
MAX_BLOCKS = 500
MAX_DEPTH = 4
"""Callouts inside each other."""

_TYPES = frozenset(
    get_args(model.model_fields["type"].annotation)[0] for model in get_args(types.AnyBlock)
)
_BLOCKS: TypeAdapter[types.Blocks] = TypeAdapter(types.Blocks)


def parse_blocks(source: str | Sequence[Mapping[str, Any]]) -> types.Body:
    """Read a list of blocks, as JSON or as plain values; its HTML is not cleaned yet.

    Raises Invalid with a message for each field that does not pass, under its path.
    """
    text = source if isinstance(source, str) else json.dumps(list(source))
    if len(text) > 2 * MAX_BYTES:
        raise _too_long()
    try:
        blocks = _BLOCKS.validate_json(text.encode("utf-8", "replace"))
    except ValidationError as error:
        raise _told(error) from None
    body = types.Body(blocks=blocks)
    _check(body)
    return body


def clean_body(body: types.Body) -> types.Body:
    """Give `body` with all its HTML cleaned; done on every write, before it is stored."""
    return types.Body(blocks=_cleaned(body.blocks))


def _cleaned(blocks: types.Blocks) -> types.Blocks:
    return tuple(_clean(block) for block in blocks)


def _clean(block: types.Block) -> types.Block:
    match block:
        case types.TextBlock() | types.AssignmentBlock():
            return block.model_copy(update={"html": clean_html(block.html)})
        case types.CalloutBlock():
            return block.model_copy(update={"blocks": _cleaned(block.blocks)})
        case _:
            return block


def _check(body: types.Body) -> None:
    """Refuse what no single field shows: too much, too deep, or a key used twice."""
    every = list(body.walk())
    if len(every) > MAX_BLOCKS or len(canonical_json(body).encode()) > MAX_BYTES:
        raise _too_long()
    if types.depth(body.blocks) > MAX_DEPTH + 1:
        raise Invalid(_l("Callouts can be inside each other up to four deep."))
    if len({block.key for block in every}) < len(every):
        raise Invalid(_l("Two blocks have the same key."))


def _too_long() -> Invalid:
    return Invalid(_l("This lesson is too long. Split it into two."))


def _told(error: ValidationError) -> Invalid:
    details = error.errors(include_url=False)
    first = details[0]
    if not first["loc"]:
        return Invalid(_l("This is not a list of blocks."))
    fields = {".".join(map(str, _steps(one["loc"]))): _reason(one) for one in details}
    where = ", ".join(_name(step) for step in _steps(first["loc"]) if step != "blocks")
    return Invalid(_l("%(where)s: %(what)s", where=where, what=_reason(first)), fields=fields)


def _steps(location: tuple[int | str, ...]) -> list[int | str]:
    """Leave the types of blocks, which pydantic names after each number, out of a path."""
    return [
        step
        for before, step in zip((None, *location), location, strict=False)
        if isinstance(step, int) or not (isinstance(before, int) and step in _TYPES)
    ]


def _name(step: int | str) -> str:
    return gettext("Block %(number)s", number=step + 1) if isinstance(step, int) else step


def _reason(detail: ErrorDetails) -> Text:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return _l("this is missing.")
        case "extra_forbidden":
            return _l("no such field is known.")
        case "string_too_long" | "too_long":
            return _l("at most %(count)s fit here.", count=context.get("max_length", 0))
        case "union_tag_invalid" | "union_tag_not_found" | "literal_error":
            return _l("no such kind is known.")
        case "string_pattern_mismatch":
            return _l("this does not have the right form.")
        case "value_error":
            return _l("a video has either an address or a file.")
        case _:
            return _l("this cannot be used here.")
