"""Changes of a lesson's text, as functions from blocks to blocks.

Two authors' changes meet block by block: a change names what it was made on, so one that
somebody else's change of another block came before still applies.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Protocol

from app.blueprints.builder.rules.merging import BothChanged, merge_block
from app.blueprints.builder.rules.ordering import NoSuchNeighbour, placed

Block = dict[str, Any]
_DIGEST_LENGTH = 16
# As what a block is put after: nothing, before all others.
FIRST = "first"


class BlockChanged(Exception):
    """The block is not what the change was made on; `current` is None where it is gone."""

    def __init__(self, *, current: Block | None, mine: Block) -> None:
        """Keep both."""
        super().__init__(mine["key"])
        self.current = current
        self.mine = mine


class Change(Protocol):
    """What is to be done to a lesson's blocks."""

    def apply(self, blocks: list[Block]) -> list[Block]:
        """Return the changed blocks; raises `BlockChanged` or `NoSuchNeighbour`."""


@dataclass(frozen=True, slots=True)
class SaveBlock:
    """Put `block` in the place of the one with its key, if that still is what `base` names.

    Where it is not, both changes of `was` (what the editor began with, if that is known) are
    merged. Without a base it is put back after somebody removed it.
    """

    block: Block
    base: str
    was: Block | None = None

    def apply(self, blocks: list[Block]) -> list[Block]:
        """Replace the block."""
        current = find(blocks, self.block["key"])
        if current is None and not self.base:
            return [*blocks, self.block]
        saved = self._settled(current)
        return [saved if block is current else block for block in blocks]

    def _settled(self, current: Block | None) -> Block:
        if current is not None and (digest(current) == self.base or current == self.block):
            return self.block
        if current is None or self.was is None:
            raise BlockChanged(current=current, mine=self.block)
        try:
            return merge_block(self.was, self.block, current)
        except BothChanged as both:
            raise BlockChanged(current=current, mine=self.block) from both


@dataclass(frozen=True, slots=True)
class AddBlock:
    """Put a new block after another, or last.

    Where `after` is an empty text and `instead` is said, the block takes its place. A block that
    is there already is not put in again.
    """

    block: Block
    after: str | None = None
    instead: bool = False

    def apply(self, blocks: list[Block]) -> list[Block]:
        """Insert the block."""
        if find(blocks, self.block["key"]) is not None:
            return blocks
        placed_in = self._inserted(blocks)
        if not self.instead:
            return placed_in
        return [one for one in placed_in if one["key"] != self.after or not _is_empty_text(one)]

    def _inserted(self, blocks: list[Block]) -> list[Block]:
        if self.after == FIRST:
            return [self.block, *blocks]
        if self.after is None or find(blocks, self.after) is None:
            return [*blocks, self.block]
        at = [block["key"] for block in blocks].index(self.after) + 1
        return [*blocks[:at], self.block, *blocks[at:]]


@dataclass(frozen=True, slots=True)
class RemoveBlock:
    """Take out a block, if it still is what `base` names; gone already is fine."""

    key: str
    base: str

    def apply(self, blocks: list[Block]) -> list[Block]:
        """Leave the block out."""
        current = find(blocks, self.key)
        if current is not None and digest(current) != self.base:
            raise BlockChanged(current=current, mine=current)
        return [block for block in blocks if block is not current]


@dataclass(frozen=True, slots=True)
class MoveBlock:
    """Put a block after another, or first."""

    key: str
    after: str | None

    def apply(self, blocks: list[Block]) -> list[Block]:
        """Reorder the blocks."""
        by_key = {block["key"]: block for block in blocks}
        if self.key not in by_key:
            raise NoSuchNeighbour(self.key)
        return [by_key[key] for key in placed(list(by_key), self.key, self.after)]


@dataclass(frozen=True, slots=True)
class ReplaceBlocks:
    """Put other blocks in the place of all (imports do; a person's editor never does)."""

    blocks: tuple[Block, ...]

    def apply(self, blocks: list[Block]) -> list[Block]:
        """Return the new blocks."""
        return list(self.blocks)


def _is_empty_text(block: Block) -> bool:
    return block["type"] == "text" and not block.get("html", "").strip()


def find(blocks: list[Block], key: str) -> Block | None:
    """Return the block of that key."""
    return next((block for block in blocks if block["key"] == key), None)


def digest(block: Block) -> str:
    """Return what a change of `block` names as its base."""
    canonical = json.dumps(block, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_DIGEST_LENGTH]
