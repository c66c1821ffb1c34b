"""How many statements a piece of code sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

# What opens, closes and sets up a transaction is the same for every page and not counted.
_HOUSEKEEPING = ("BEGIN", "PRAGMA", "SET ", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


@dataclass
class Statements:
    """What was sent, in order."""

    texts: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)

    def __str__(self) -> str:
        return "\n".join(f"{number}. {text}" for number, text in enumerate(self.texts, 1))


@contextmanager
def count_sql(at_most: int | None = None) -> Iterator[Statements]:
    """Collect the statements of the block; assert that they are `at_most` so many."""
    sent = Statements()

    def note(_connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if not text.lstrip().upper().startswith(_HOUSEKEEPING):
            sent.texts.append(" ".join(text.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    if at_most is not None:
        assert len(sent) <= at_most, f"{len(sent)} statements, {at_most} allowed:\n{sent}"
