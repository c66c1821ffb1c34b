"""The files of blocks: which of them fit where, and what a block takes over from its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _l

Block = dict[str, Any]

# What the types of file have to begin with, by the type of block and the field that names it.
FITTING = {
    ("image", "asset"): "image/",
    ("video", "asset"): "video/",
    ("video", "captions"): "text/vtt",
    ("video", "poster"): "image/",
    ("file", "asset"): "",
}


# What a film can be without.
_BESIDE_FILM = ("captions", "poster")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a block needs to know of a file; sizes in pixels."""

    name: str
    content_type: str
    width: int | None
    height: int | None


def new_files(before: Block, after: Block) -> set[str]:
    """Return the public ids of the files that `after` names and `before` did not, or not there."""
    known = {(field, asset) for _, field, asset in _named(before)}
    return {asset for _, field, asset in _named(after) if (field, asset) not in known}


def attached(block: Block, new: Mapping[str, FileFacts | None]) -> Block:
    """Return `block` with what it takes over from its `new` files (None: there is no such file).

    Raises `Invalid` where a file is not there, or is of another kind.
    """
    filled = dict(block)
    for owner, field, asset in _named({**block, "blocks": []}):
        if asset not in new:
            continue
        facts = new[asset]
        if facts is None:
            raise Invalid(_l("This file is not among the files of this course."))
        if not facts.content_type.startswith(FITTING[owner["type"], field]):
            raise Invalid(_l("A file of this kind does not fit here."))
        filled |= _taken_over(owner, facts)
    if block.get("blocks"):
        filled["blocks"] = [attached(inner, new) for inner in block["blocks"]]
    return filled


def without_file(film: Block, act: str) -> Block:
    """Return a film without what `act` takes from it: `drop:captions` or `drop:poster`."""
    gone = {name for name in _BESIDE_FILM if act == f"drop:{name}"}
    return {name: value for name, value in film.items() if name not in gone}


def _named(block: Block) -> Iterator[tuple[Block, str, str]]:
    """Give (block, field, public id) for each file of `block` and of what is inside it."""
    for kind, field in FITTING:
        if block["type"] == kind and block.get(field):
            yield block, field, block[field]
    for inner in block.get("blocks") or ():
        yield from _named(inner)


def _taken_over(block: Block, facts: FileFacts) -> Block:
    if block["type"] == "image":
        return {"width": facts.width, "height": facts.height}
    if block["type"] == "file" and not block.get("label"):
        return {"label": facts.name}
    return {}
