"""Two texts side by side as a page shows them: what is the same is told in short."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.blueprints.builder.queries.drawn import stored_block
from app.blueprints.builder.routes.drawer import TYPES
from app.blueprints.courses.content.blocks import AnyBlock, ImageBlock
from app.blueprints.courses.content.difference import Side
from app.blueprints.courses.content.references import words_of
from app.blueprints.courses.content.words import Operation, Run, Runs
from app.core.errors import Text

# Of an unchanged stretch so much is shown before and after a change, in characters.
CONTEXT = 160
# Of a page; what comes after that is named and not shown.
MOST_SHOWN = 60_000


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One line: its mark, what it is, and each side as runs of words or as it is drawn."""

    kind: str
    label: Text
    depth: int
    is_code: bool
    left: Runs = ()
    right: Runs = ()
    left_html: str = ""
    right_html: str = ""


def blocks_of(sides: Iterable[Side]) -> list[ShownBlock]:
    """Return the lines of a page; from a certain length on they only name their blocks."""
    shown, left = [], MOST_SHOWN
    for side in sides:
        block = _shown(side) if left > 0 else _named(side)
        left -= sum(len(words) for _, words in (*block.left, *block.right))
        left -= len(block.left_html) + len(block.right_html)
        shown.append(block)
    return shown


def _shown(side: Side) -> ShownBlock:
    block = side.block
    if side.words is None:
        return _unchanged(side)
    words = [run for run in side.words if run[0] != "same"]
    drawn = isinstance(block, ImageBlock) or not words
    return ShownBlock(
        kind="rewritten" if words or isinstance(block, ImageBlock) else "formatted",
        label=TYPES[block.type],
        depth=side.depth,
        is_code=block.type == "code",
        left=_shortened(side.words, without="added"),
        right=_shortened(side.words, without="removed"),
        left_html=_drawn(side.before) if drawn else "",
        right_html=_drawn(side.after) if drawn else "",
    )


def _unchanged(side: Side) -> ShownBlock:
    """Return a block that was added, removed, moved, or is the same."""
    words = words_of(side.block)
    kind = "moved" if side.is_moved else "same"
    if side.before is None or side.after is None:
        kind = "added" if side.before is None else "removed"
    runs = _shortened(((_operation(kind), words),)) if words else ()
    return ShownBlock(
        kind=kind,
        label=TYPES[side.block.type],
        depth=side.depth,
        is_code=side.block.type == "code",
        left=runs if side.before else (),
        right=runs if side.after else (),
        left_html=_drawn(side.before) if kind == "removed" and _is_image(side) else "",
        right_html=_drawn(side.after) if kind == "added" and _is_image(side) else "",
    )


def _named(side: Side) -> ShownBlock:
    """Return a line without its words: the page is long enough."""
    block = side.block
    return ShownBlock("long", TYPES[block.type], side.depth, is_code=False)


def _operation(kind: str) -> Operation:
    return "added" if kind == "added" else "removed" if kind == "removed" else "same"


def _is_image(side: Side) -> bool:
    return isinstance(side.block, ImageBlock)


def _drawn(block: AnyBlock | None) -> str:
    return stored_block(block.model_dump(mode="json")) if block else ""


def _shortened(runs: Runs, without: str = "") -> Runs:
    """Leave out one kind of run, and the middle of long stretches that are the same."""
    return tuple(_short(run) for run in runs if run[0] != without)


def _short(run: Run) -> Run:
    operation, words = run
    most = 2 * CONTEXT if operation == "same" else MOST_SHOWN // 4
    if len(words) <= most:
        return run
    return operation, f"{words[: most // 2]} […] {words[-(most // 2) :]}"
