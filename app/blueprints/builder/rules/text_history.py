"""What takes a change of a lesson's text back, block by block.

Only the blocks that changed are kept, so that an edit of one paragraph costs that paragraph, and
so that somebody else's change of another block neither hinders the way back nor is lost by it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.blueprints.builder.rules.ordering import placed
from app.blueprints.builder.rules.texts import Block, digest


class Superseded(Exception):
    """The text has been changed again since, where the change had changed it."""


@dataclass(frozen=True, slots=True)
class RestoreBlocks:
    """Take a change back, where the text still is as the change left it.

    `blocks` are the changed ones as they were, None for one that was not there; `expects` their
    digests now. `order` are all keys then, `left` those that the change left.
    """

    blocks: dict[str, Block | None]
    expects: dict[str, str | None]
    order: list[str]
    left: list[str]

    def apply(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks as they were, with what others changed since; raises `Superseded`."""
        now = {block["key"]: block for block in blocks}
        if any(_digest(now.get(key)) != expected for key, expected in self.expects.items()):
            raise Superseded
        then = {**now, **self.blocks}
        order, guide = self._orders(list(now))
        kept = [key for key in order if then.get(key)]
        order = _threaded(kept, [key for key in guide if then.get(key)])
        return [block for key in order if (block := then[key])]

    def _orders(self, now: list[str]) -> tuple[list[str], list[str]]:
        """Return the order to begin with, and the one that tells where the other blocks go."""
        if _common(self.order, self.left) == _common(self.left, self.order):
            return now, self.order
        if _common(now, self.left) != _common(self.left, now):
            raise Superseded  # the change moved blocks, and so has somebody since
        return self.order, now

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored in an operation."""
        return asdict(self)


def way_back(before: Sequence[Block], after: Sequence[Block]) -> RestoreBlocks:
    """Return what takes the change from `before` to `after` back."""
    then = {block["key"]: block for block in before}
    now = {block["key"]: block for block in after}
    changed = [key for key in {**then, **now} if then.get(key) != now.get(key)]
    return RestoreBlocks(
        blocks={key: then.get(key) for key in changed},
        expects={key: _digest(now.get(key)) for key in changed},
        order=list(then),
        left=list(now),
    )


def joined(first: RestoreBlocks, second: RestoreBlocks) -> RestoreBlocks:
    """Return what takes both changes back, the second of which went on where the first ended."""
    return RestoreBlocks(
        blocks={**second.blocks, **first.blocks},
        expects={**first.expects, **second.expects},
        order=first.order,
        left=second.left,
    )


def _digest(block: Block | None) -> str | None:
    return digest(block) if block else None


def _common(keys: Sequence[str], others: Sequence[str]) -> list[str]:
    return [key for key in keys if key in others]


def _threaded(keys: list[str], guide: Sequence[str]) -> list[str]:
    """Return `keys` with the other keys of `guide`, each after what it follows there."""
    before: str | None = None
    for key in guide:
        if key not in keys:
            keys = placed(keys, key, before)
        before = key
    return keys
