"""The one place where the two databases are spoken to, and understood, differently."""

import sqlite3
from typing import Any

from sqlalchemy import Boolean
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.core.db.base import Base, db, table_of

_UNIQUE_VIOLATION = "23505"


def insert_for(model: type[Base]) -> Any:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table_of(model))


def is_twice(error: IntegrityError) -> bool:
    """Tell whether what was refused is a second row where there may be one."""
    if isinstance(error.orig, sqlite3.IntegrityError):
        return error.orig.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE
    return getattr(error.orig, "sqlstate", "") == _UNIQUE_VIOLATION


class Like(FunctionElement[bool]):
    """Whether a text is like a pattern, whatever its case; "/" stands before a sign as it is."""

    type = Boolean()
    inherit_cache = True


@compiles(Like)
def _like(element: Like, compiler: SQLCompiler, **how: Any) -> str:
    text, pattern = (compiler.process(one, **how) for one in element.clauses)
    return f"(lower({text}) LIKE lower({pattern}) ESCAPE '/')"


@compiles(Like, "sqlite")
def _like_in_sqlite(element: Like, compiler: SQLCompiler, **how: Any) -> str:
    # Its LIKE, as its lower(), knows the case of the Latin letters only; alone it is much faster.
    text, pattern = (compiler.process(one, **how) for one in element.clauses)
    return f"({text} LIKE {pattern} ESCAPE '/')"
