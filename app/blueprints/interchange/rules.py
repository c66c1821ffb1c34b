"""How what comes in again meets what is there, and how what goes out does no harm."""

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count
from typing import Any

from app.blueprints.courses.content import derived_key

Block = dict[str, Any]


# A program that calculates takes what begins so for a formula
# (https://owasp.org/www-community/attacks/CSV_Injection); wide signs are turned into these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """Return what a cell of a table says, so that no program takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def settled(there: Any, then: Any, read: Any) -> Any:
    """Return a value of three: as it is here, as it was read then, and as it is read now.

    What changed in the folder since then counts; else what people chose here stays.
    """
    return there if read == then else read


def keep_keys(old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
    """Return `new` with the keys of the `old` blocks that they stand for.

    Blocks that say the same keep their keys; between those, blocks of the same type in the same
    order are taken for rewritten ones. No key is given twice.
    """
    return list(_unique(_matched(old, new), set()))


def _matched(old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
    matcher = SequenceMatcher(None, [_said(b) for b in old], [_said(b) for b in new], False)
    matched: list[Block] = []
    for operation, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if operation == "equal":
            matched += [
                _as(a, b) for a, b in zip(old[old_from:old_to], new[new_from:new_to], strict=True)
            ]
        else:
            matched += _rewritten(list(old[old_from:old_to]), new[new_from:new_to])
    return matched


def _rewritten(old: list[Block], new: Sequence[Block]) -> Iterator[Block]:
    """Pair each new block with the next old one of its type that is not passed yet."""
    for block in new:
        place = next((i for i, one in enumerate(old) if _alike(one, block)), None)
        if place is None:
            yield block
        else:
            yield _as(old[place], block)
            del old[: place + 1]


def _alike(one: Block, other: Block) -> bool:
    return (one["type"], one.get("kind")) == (other["type"], other.get("kind"))


def _as(old: Block, new: Block) -> Block:
    inside = {"blocks": _matched(old.get("blocks", []), new["blocks"])} if "blocks" in new else {}
    return new | inside | {"key": old["key"]}


def _said(block: Block) -> str:
    """Return what `block` says, without any key and without what goes without saying."""
    said = {name: value for name, value in block.items() if name != "key" and value}
    if "blocks" in said:
        said["blocks"] = [_said(inside) for inside in said["blocks"]]
    return json.dumps(said, sort_keys=True)


def _unique(blocks: Sequence[Block], used: set[str]) -> Iterator[Block]:
    for block in blocks:
        others = (derived_key(block["key"], str(number)) for number in count(2))
        key = next(k for k in _first(block["key"], others) if k not in used)
        used.add(key)
        inside = {"blocks": list(_unique(block["blocks"], used))} if "blocks" in block else {}
        yield block | inside | {"key": key}


def _first(key: str, others: Iterator[str]) -> Iterator[str]:
    yield key
    yield from others
