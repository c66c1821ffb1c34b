"""A row in each table in which a school has nothing yet, so that new tables are walked past."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import JSON, Column, Enum, Table, insert, select
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.db import Base, UtcDateTime, db

Ids = Mapping[str, frozenset[int]]
# Tables of Lectern itself, in which nothing is anybody's.
NOBODYS = frozenset({"idempotency_keys", "periodic_runs", "worker_heartbeats"})


def rows_since(before: Ids) -> dict[str, frozenset[int]]:
    """The numbers of the rows that were not there before, by table."""
    tables = Base.metadata.sorted_tables
    found = {t.name: frozenset(db.session.scalars(select(t.c.id)).all()) for t in tables}
    return {name: ids - before.get(name, frozenset()) for name, ids in found.items()}


def make_missing_rows(before: Ids, name: str, *, draft: Ids) -> None:
    """Make them for the school called `name`, whose rows are those that were not there before.

    None is about the draft: whoever waits for a seat in it, say, may know of it.
    """
    for table in Base.metadata.sorted_tables:
        ids = rows_since(before)
        if ids[table.name] or table.name in NOBODYS:
            continue
        apart = {one: rows - draft.get(one, frozenset()) for one, rows in ids.items()}
        for row in (_plain_row(table, apart, name), _plain_row(table, apart, name, bare=True)):
            with suppress(IntegrityError), db.session.begin_nested():  # the test says what misses
                db.session.execute(insert(table).values(row))
                break


def _plain_row(table: Table, ids: Ids, name: str, *, bare: bool = False) -> dict[str, Any]:
    """The fewest values that a row of the school can have; `bare`: no key that it may lack."""
    keys = {key.parent.name: key.column.table.name for key in table.foreign_keys}
    free = {target: sorted(ids[target]) for target in keys.values()}
    row = {
        key: free[target].pop() if free[target] else None  # two keys to one table: two rows
        for key, target in sorted(keys.items())
        if target != table.name and not (bare and table.c[key].nullable)
    }
    needed = [c for c in table.columns if not (c.nullable or c.default or c.primary_key)]
    return row | {c.name: _value(c, name) for c in needed if c.name not in keys}


def _value(column: Column[Any], name: str) -> Any:
    if isinstance(column.type, Enum):
        return column.type.enum_class(column.type.enums[0]) if column.type.enum_class else None
    if isinstance(column.type, UtcDateTime):
        return clock.now()
    if isinstance(column.type, JSON):
        return {}
    kind = column.type.python_type
    return f"{name} of its own" if kind is str else kind()
