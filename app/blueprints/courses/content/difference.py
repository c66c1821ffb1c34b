"""What changed between two bodies, told by block keys and, for what lost its key, by content."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.references import words_of
from app.core.ordering import displaced

MOST_WORDS = 10_000
"""In both texts; longer ones are not compared word by word, for that takes too long."""

Operation = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One block says something else; `words` are runs of text in reading order."""

    before: types.Block
    after: types.Block
    words: tuple[tuple[Operation, str], ...]


@dataclass(frozen=True, slots=True)
class BodyDifference:
    """The blocks that are new, gone, elsewhere or reworded; a block can be both of the last."""

    added: tuple[types.Block, ...]
    removed: tuple[types.Block, ...]
    moved: tuple[types.Block, ...]
    rewritten: tuple[Rewritten, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.moved or self.rewritten)


@dataclass(frozen=True, slots=True)
class _Placed:
    block: types.Block
    parent: str
    place: int


def difference(before: types.Body, after: types.Body) -> BodyDifference:
    """Compare two bodies; in equal bodies nothing is different."""
    old, new = _placed(before.blocks), _placed(after.blocks)
    pairs = _pairs(old, new)
    kept, moved = set(pairs.values()), _moved(old, new, pairs)
    return BodyDifference(
        added=tuple(one.block for key, one in new.items() if key not in pairs),
        removed=tuple(one.block for key, one in old.items() if key not in kept),
        moved=tuple(new[key].block for key in new if key in moved),
        rewritten=tuple(
            _rewritten(old[old_key].block, new[new_key].block)
            for new_key, old_key in pairs.items()
            if types.fields_of(old[old_key].block) != types.fields_of(new[new_key].block)
        ),
    )


def _placed(blocks: types.Blocks, parent: str = "") -> dict[str, _Placed]:
    found = {}
    for place, block in enumerate(blocks):
        found[block.key] = _Placed(block, parent, place)
        if isinstance(block, types.CalloutBlock):
            found |= _placed(block.blocks, block.key)
    return found


def _pairs(old: dict[str, _Placed], new: dict[str, _Placed]) -> dict[str, str]:
    """Find for keys of `new` the key in `old`: the same one, or that of equal lost content."""
    pairs = {key: key for key in new if key in old and old[key].block.type == new[key].block.type}
    lost: dict[str, list[str]] = {}
    for key, one in old.items():
        if key not in pairs and _content(one.block):
            lost.setdefault(_content(one.block), []).append(key)
    for key, one in new.items():
        if key not in pairs and lost.get(_content(one.block)):
            pairs[key] = lost[_content(one.block)].pop(0)
    return {key: pairs[key] for key in new if key in pairs}


def _content(block: types.Block) -> str:
    words = words_of(block)
    return f"{block.type}\n{types.fields_of(block)}" if words else ""


def _moved(
    old: dict[str, _Placed], new: dict[str, _Placed], pairs: dict[str, str]
) -> frozenset[str]:
    """Name the fewest keys of `new` whose moving explains the new order."""
    moved = {
        key
        for key, old_key in pairs.items()
        if pairs.get(new[key].parent, "") != old[old_key].parent
    }
    for parent in {one.parent for one in new.values()}:
        now = [key for key in pairs if key not in moved and new[key].parent == parent]
        moved |= displaced(sorted(now, key=lambda key: old[pairs[key]].place), now)
    return frozenset(moved)


def _rewritten(before: types.Block, after: types.Block) -> Rewritten:
    old, new = (re.findall(r"\s+|\S+", words_of(block)) for block in (before, after))
    if len(old) + len(new) > MOST_WORDS:
        return Rewritten(before, after, (("removed", "".join(old)), ("added", "".join(new))))
    words: list[tuple[Operation, str]] = []
    matcher = difflib.SequenceMatcher(None, old, new)
    for operation, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if operation == "equal":
            words.append(("same", "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            words.append(("removed", "".join(old[old_from:old_to])))
        if new_to > new_from:
            words.append(("added", "".join(new[new_from:new_to])))
    return Rewritten(before, after, tuple(words))
