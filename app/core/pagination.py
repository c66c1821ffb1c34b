"""Lists: narrowed by what somebody typed, and in pages."""

import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.core.db.dialects import Like

T = TypeVar("T")
PAGE_SIZE = 25
LAST_PAGE = 10_000
# SQLite refuses to compare with patterns of more than 50,000 bytes; nobody types that.
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, counted from 1."""

    items: list[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def links(self) -> list[int | None]:
        """Return the pages to lead to: the first, those around this one, the last; None: a gap."""
        near = range(self.number - 1, self.number + 2)
        found: list[int | None] = []
        for number in sorted({1, self.pages, *(n for n in near if 1 <= n <= self.pages)}):
            if found and number - (found[-1] or 0) > 1:
                found.append(None)
            found.append(number)
        return found

    @property
    def has_previous(self) -> bool:
        """Tell whether a page comes before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Tell whether a page follows."""
        return self.number < self.pages


class Listed:
    """A list whose statements are made beforehand, for pages that are asked for all the time."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Make them of `statement`, which gives the whole list in order."""
        self._counted = select(func.count()).select_from(statement.order_by(None).subquery())
        self._rows = statement.limit(bindparam("most")).offset(bindparam("skipped"))

    def page(self, number: int, size: int = PAGE_SIZE, **values: object) -> Page[Any]:
        """Return page `number` in two SQL statements at most, whatever the number of rows.

        `values` are those that the statement asks for.
        """
        number = min(max(1, number), LAST_PAGE)
        asked = {"most": size, "skipped": (number - 1) * size, **values}
        rows = db.session.execute(self._rows, asked).all()
        is_all = number == 1 and len(rows) < size
        total = len(rows) if is_all else db.session.execute(self._counted, values).scalar_one()
        items = [row[0] if len(row) == 1 else row for row in rows]
        return Page(items, number, size, total)


def paginate(statement: Select[*tuple[Any, ...]], number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """Return page `number` of `statement` in two SQL statements at most."""
    return Listed(statement).page(number, size)


def contains(
    typed: str, *columns: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Return the condition that one of `columns` has what was typed in it, whatever its case."""
    return like(literal(pattern(typed)), *columns)


def like(
    words: ColumnElement[str], *columns: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Return the condition that one of `columns` is like the pattern `words`, whatever its case."""
    return or_(*(Like(column, words) for column in columns))


def pattern(typed: str) -> str:
    """Return the pattern, for `like`, of texts that have what was typed in them."""
    words = re.sub(r"([/%_])", r"/\1", typed.strip()[:LONGEST_SEARCH])
    return f"%{words}%"


def page_number(value: str | None) -> int:
    """Return the page that a query string asks for; 1 for anything that is no number."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1
