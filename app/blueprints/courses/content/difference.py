"""What changed between two bodies, told by block keys and, for what lost its key, by content."""

from dataclasses import dataclass

from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.references import words_of
from app.blueprints.courses.content.words import Budget, Runs, changed_lines, changed_words
from app.core.ordering import displaced


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One block says something else; `words` are runs of text in reading order."""

    before: types.Block
    after: types.Block
    words: Runs


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
class Side:
    """One line of two bodies side by side: a block before, after, or both.

    `words` are there where it says something else; `depth` counts the callouts around it.
    """

    before: types.Block | None
    after: types.Block | None
    depth: int
    is_moved: bool = False
    words: Runs | None = None

    @property
    def block(self) -> types.Block:
        """Return the block as it is now, or as it was where it is gone."""
        block = self.after or self.before
        if block is None:
            raise ValueError("a line without a block")
        return block


@dataclass(frozen=True, slots=True)
class _Placed:
    block: types.Block
    parent: str
    place: int
    depth: int


def difference(before: types.Body, after: types.Body) -> BodyDifference:
    """Compare two bodies; in equal bodies nothing is different."""
    old, new = _placed(before.blocks), _placed(after.blocks)
    pairs, budget = _pairs(old, new), Budget()
    kept, moved = set(pairs.values()), _moved(old, new, pairs)
    return BodyDifference(
        added=tuple(one.block for key, one in new.items() if key not in pairs),
        removed=tuple(one.block for key, one in old.items() if key not in kept),
        moved=tuple(new[key].block for key in new if key in moved),
        rewritten=tuple(
            _rewritten(old[old_key].block, new[new_key].block, budget)
            for new_key, old_key in pairs.items()
            if types.fields_of(old[old_key].block) != types.fields_of(new[new_key].block)
        ),
    )


def side_by_side(before: types.Body, after: types.Body) -> tuple[Side, ...]:
    """Return every block of both, callouts before what is inside them.

    Those of `after` are in order, and those of `before` that are gone stand where they were.
    """
    old, new = _placed(before.blocks), _placed(after.blocks)
    pairs, budget = _pairs(old, new), Budget()
    moved, kept = _moved(old, new, pairs), set(pairs.values())
    lost = [key for key in old if key not in kept]
    places = {key: at for at, key in enumerate(old)}
    sides: list[Side] = []
    for key, one in new.items():
        old_key = pairs.get(key)
        if old_key is not None and key not in moved:
            while lost and places[lost[0]] < places[old_key]:
                sides.append(_gone(old[lost.pop(0)]))
        sides.append(_side(old.get(old_key or ""), one, key in moved, budget))
    return (*sides, *(_gone(old[key]) for key in lost))


def _gone(one: _Placed) -> Side:
    return Side(one.block, None, one.depth)


def _side(before: _Placed | None, after: _Placed, is_moved: bool, budget: Budget) -> Side:
    if before is None:
        return Side(None, after.block, after.depth)
    differs = types.fields_of(before.block) != types.fields_of(after.block)
    words = _rewritten(before.block, after.block, budget).words if differs else None
    return Side(before.block, after.block, after.depth, is_moved, words)


def _placed(blocks: types.Blocks, parent: str = "", depth: int = 0) -> dict[str, _Placed]:
    found = {}
    for place, block in enumerate(blocks):
        found[block.key] = _Placed(block, parent, place, depth)
        if isinstance(block, types.CalloutBlock):
            found |= _placed(block.blocks, block.key, depth + 1)
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


def _rewritten(before: types.Block, after: types.Block, budget: Budget) -> Rewritten:
    compared = changed_lines if isinstance(after, types.CodeBlock) else changed_words
    return Rewritten(before, after, compared(words_of(before), words_of(after), budget))
