"""Rows in order: where one is put among others, and the dense numbers that tell the order."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, inspect, update
from sqlalchemy.orm import InstanceState
from sqlalchemy.orm.attributes import set_committed_value

from app.blueprints.builder.errors import StaleBoard
from app.blueprints.builder.rules.ordering import NoSuchNeighbour, placed, placed_or_last
from app.blueprints.courses.models import Lesson, Module
from app.core.db import db, table_of


def put(rows: list[Any], row: Any, after: str | None, *, strict: bool = True) -> list[Any]:
    """Return `rows` with `row` right after the one of key `after`, first where that is None.

    Where that neighbour is gone it is last, or if `strict` raises `StaleBoard`.
    """
    by_key = {other.key: other for other in [*rows, row]}
    try:
        order = (placed if strict else placed_or_last)(list(by_key), row.key, after)
    except NoSuchNeighbour as gone:
        raise StaleBoard from gone
    return [by_key[key] for key in order]


def renumber(rows: Sequence[Module | Lesson]) -> None:
    """Number `rows` densely from 0 in the order given; only what moved is written.

    Those that nothing else has happened to and that go by the same number of places, as all
    below a gap do, are one statement.
    """
    along = defaultdict[int, list[Module | Lesson]](list)
    for position, row in enumerate(rows):
        if row.position == position:
            continue
        if _is_as_stored(row):
            along[position - row.position].append(row)
        else:
            row.position = position
    for by, moved in along.items():
        ids = [row.id for row in moved]
        db.session.execute(_pushing(type(moved[0])), {"rows": ids, "by": by})
        for row in moved:
            set_committed_value(row, "position", row.position + by)


def _is_as_stored(row: Module | Lesson) -> bool:
    state: InstanceState[Any] = inspect(row)
    return state.persistent and not state.modified


@cache
def _pushing(model: type[Module | Lesson]) -> Update:
    """Return what moves rows by so many places."""
    table = table_of(model)
    return (
        update(table)
        .where(table.c.id.in_(bindparam("rows", expanding=True)))
        .values(position=table.c.position + bindparam("by"))
    )
