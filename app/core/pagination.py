"""Lists: narrowed by what somebody typed, and in pages."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db

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
    def has_previous(self) -> bool:
        """Tell whether a page comes before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Tell whether a page follows."""
        return self.number < self.pages


def paginate(statement: Select[*tuple[Any, ...]], number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """Return page `number` of `statement` in two SQL statements, whatever the number of rows."""
    number = min(max(1, number), LAST_PAGE)
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = db.session.execute(counted).scalar_one()
    rows = db.session.execute(statement.limit(size).offset((number - 1) * size)).all()
    items = [row[0] if len(row) == 1 else row for row in rows]
    return Page(items, number, size, total)


def contains(
    typed: str, *columns: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Return the condition that one of `columns` has what was typed in it, whatever its case."""
    words = typed.strip()[:LONGEST_SEARCH]
    return or_(*(column.icontains(words, autoescape=True) for column in columns))


def page_number(value: str | None) -> int:
    """Return the page that a query string asks for; 1 for anything that is no number."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1
