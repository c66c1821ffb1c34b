"""Which words of a text are new and which are gone, found in bounded time.

Lines that are the same are set aside first; what is between them is compared word by word where
it is short enough, and counts as wholly rewritten where it is not.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Operation = Literal["same", "removed", "added"]
Run = tuple[Operation, str]
Runs = tuple[Run, ...]

MOST_PAIRS = 1_000_000
"""Of one comparison: the words (or lines) on one side times those on the other."""
MOST_PAIRS_OF_TEXT = 3_000_000
"""Of all comparisons for one text."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(slots=True)
class Budget:
    """How much comparing is left; a text that has used it up is not looked at more closely."""

    left: int = MOST_PAIRS_OF_TEXT

    def allows(self, pairs: int) -> bool:
        """Take `pairs` out of it, if they are few enough by themselves and together."""
        if pairs > min(self.left, MOST_PAIRS):
            return False
        self.left -= pairs
        return True


def changed_words(before: str, after: str, budget: Budget | None = None) -> Runs:
    """Return the words of both in reading order; without what is new it is `before` again, and
    without what is gone `after`.
    """
    budget = budget or Budget()
    runs: list[Run] = []
    for operation, old, new in _compared(_LINE.findall(before), _LINE.findall(after), budget):
        if operation == "same":
            runs.append(("same", "".join(new)))
        else:
            runs += _words("".join(old), "".join(new), budget)
    return joined(runs)


def changed_lines(before: str, after: str, budget: Budget | None = None) -> Runs:
    """As `changed_words`, but whole lines, as programs are read."""
    budget = budget or Budget()
    return joined(_flat(_compared(_lines(before), _lines(after), budget)))


def joined(runs: Sequence[Run]) -> Runs:
    """Put runs of a kind together that stand side by side; empty ones are dropped."""
    filled = (run for run in runs if run[1])
    return tuple(
        (operation, "".join(words for _, words in group))
        for operation, group in groupby(filled, key=lambda run: run[0])
    )


def _lines(text: str) -> list[str]:
    return _LINE.findall(text)


def _words(before: str, after: str, budget: Budget) -> list[Run]:
    return _flat(_compared(_WORD.findall(before), _WORD.findall(after), budget))


def _flat(steps: Iterator[tuple[str, Sequence[str], Sequence[str]]]) -> list[Run]:
    runs: list[Run] = []
    for operation, old, new in steps:
        if operation == "same":
            runs.append(("same", "".join(new)))
        else:
            runs += [("removed", "".join(old)), ("added", "".join(new))]
    return runs


def _compared(
    old: Sequence[str], new: Sequence[str], budget: Budget
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Give what is the same and what differs, in order; what both begin and end with is not
    worth a comparison.
    """
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    yield "same", old[:head], new[:head]
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if budget.allows(len(inner_old) * len(inner_new)):
        matcher = difflib.SequenceMatcher(None, inner_old, inner_new)
        for operation, a, b, c, d in matcher.get_opcodes():
            yield "same" if operation == "equal" else "other", inner_old[a:b], inner_new[c:d]
    else:
        yield "other", inner_old, inner_new
    yield "same", old[len(old) - tail :], new[len(new) - tail :]
