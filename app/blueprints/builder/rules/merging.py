"""Three-way merges of what two people wrote on the same ground: nothing of either is lost.

A text is merged by its top-level elements, code by its lines. Where both changed the same one
there is no merge, and people choose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from app.core.sanitise import INLINE_TAGS

Block = dict[str, Any]
Pieces = list[str]

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_VOID = frozenset({"br", "hr", "img"})
_INLINE = INLINE_TAGS | {"br"}


class BothChanged(Exception):
    """Both changed the same thing, so one of them has to choose."""


@dataclass(frozen=True, slots=True)
class _Instead:
    """Other pieces in the place of those from `start` to `end`; none where they were taken out."""

    start: int
    end: int
    pieces: Pieces


@dataclass(slots=True)
class _Edits:
    """What somebody did, by place: pieces put in before it, and pieces instead of it."""

    added: dict[int, Pieces]
    instead: dict[int, _Instead]


def merge_text(base: str, mine: str, theirs: str) -> str:
    """Merge two changes of the HTML `base`; raises `BothChanged` where they meet."""
    return "\n".join(merge_pieces(elements(base), elements(mine), elements(theirs)))


def merge_lines(base: str, mine: str, theirs: str) -> str:
    """Merge two changes of the plain text `base`; raises `BothChanged` where they meet."""
    return "\n".join(merge_pieces(base.split("\n"), mine.split("\n"), theirs.split("\n")))


def merge_block(base: Block, mine: Block, theirs: Block) -> Block:
    """Merge two changes of one block field by field; raises `BothChanged` where they meet."""
    names = {**theirs, **mine, **base}
    merged = {
        name: _field(name, base.get(name), mine.get(name), theirs.get(name)) for name in names
    }
    return {name: value for name, value in merged.items() if value is not None}


def merge_pieces(base: Pieces, mine: Pieces, theirs: Pieces) -> Pieces:
    """Merge two changes of a sequence; raises `BothChanged` where they meet.

    What both put in the same place stands there one after the other, theirs first: it was
    there first.
    """
    one, other = _edits(base, theirs), _edits(base, mine)
    merged: Pieces = []
    for at in range(len(base) + 1):
        added = (one.added.get(at, []), other.added.get(at, []))
        merged += added[0] if added[0] == added[1] else added[0] + added[1]
        if at < len(base):
            merged += _piece(base, at, one.instead.get(at), other.instead.get(at))
    return merged


def elements(html: str) -> Pieces:
    """Split clean HTML into its top-level elements; text and marks between them are one each."""
    return [piece for piece in (run.strip() for run in _runs(html)) if piece]


def _field(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if all(isinstance(value, str) for value in (base, mine, theirs)):
        if name == "html":
            return merge_text(base, mine, theirs)
        if name == "code":
            return merge_lines(base, mine, theirs)
    if name == "blocks" and _same_keys(base, mine, theirs):
        return [merge_block(*inner) for inner in zip(base, mine, theirs, strict=True)]
    raise BothChanged(name)


def _same_keys(*lists: Any) -> bool:
    return len({tuple(block["key"] for block in blocks or ()) for blocks in lists}) == 1


def _edits(base: Pieces, changed: Pieces) -> _Edits:
    """Find what makes `changed` of `base`; pieces rewritten in a row are taken one by one."""
    edits = _Edits({}, {})
    opcodes = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    for what, start, end, first, last in opcodes:
        new = changed[first:last]
        if what == "equal":
            continue
        if new and len(new) < end - start:  # several became fewer: which became which?
            edits.instead |= dict.fromkeys(range(start, end), _Instead(start, end, new))
            continue
        for at in range(start, end):
            edits.instead[at] = _Instead(at, at + 1, new[at - start : at - start + 1])
        if new[end - start :]:
            edits.added[end] = new[end - start :]
    return edits


def _piece(base: Pieces, at: int, one: _Instead | None, other: _Instead | None) -> Pieces:
    if one and other and one != other:
        raise BothChanged
    edit = one or other
    if edit is None:
        return base[at : at + 1]
    return edit.pieces if edit.start == at else []


def _runs(html: str) -> Iterator[str]:
    """Yield stretches of `html` that are one element, or text and inline marks in a row."""
    begun, depth, inline = 0, 0, True
    for tag in _TAG.finditer(html):
        name, is_end = tag["name"].lower(), bool(tag["end"])
        if depth == 0:
            inline = name in _INLINE
            if not inline:
                yield html[begun : tag.start()]
                begun = tag.start()
        if name not in _VOID:
            depth = max(0, depth - 1 if is_end else depth + 1)
        if depth == 0 and not inline:
            yield html[begun : tag.end()]
            begun = tag.end()
    yield html[begun:]
