"""The table that courses are searched in: FTS5 on SQLite, full text on PostgreSQL.

It is made with the table of courses, by `create_all` and by the migrations alike, and stands
outside the metadata, since one is a virtual table and the other has a column of a type of its
own. Both have the columns rowid (FTS5's own name; the course's id), title and body.
"""

from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.sql.expression import column, table

from app.blueprints.courses.models.course import Course
from app.core.db.migrations import OUTSIDE

NAME = "course_search"
course_search = table(NAME, column("rowid"), column("title"), column("body"))

Course.metadata.info.setdefault(OUTSIDE, set()).add(NAME)

_CREATE = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {NAME} USING fts5(title, body, tokenize='unicode61', prefix='2 3')",
    ),
    "postgresql": (
        f"""CREATE TABLE {NAME} (
            rowid bigint PRIMARY KEY REFERENCES courses (id) ON DELETE CASCADE,
            title text NOT NULL,
            body text NOT NULL,
            words tsvector NOT NULL GENERATED ALWAYS AS (
                setweight(to_tsvector('simple', title), 'A')
                || setweight(to_tsvector('simple', body), 'D')
            ) STORED
        )""",
        f"CREATE INDEX ix_{NAME}_words ON {NAME} USING gin (words)",
    ),
}
_HAS_TRIGRAMS = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"


def create_search_table(connection: Connection) -> None:
    """Make the table, and the trigrams that forgive typing errors where they can be had."""
    dialect = connection.dialect.name
    for statement in _CREATE[dialect]:
        connection.execute(text(statement))
    if dialect == "postgresql" and connection.execute(text(_HAS_TRIGRAMS)).first():
        _try(connection, "CREATE EXTENSION IF NOT EXISTS pg_trgm")


def drop_search_table(connection: Connection) -> None:
    """Remove the table; the extension may serve others, so it stays."""
    connection.execute(text(f"DROP TABLE IF EXISTS {NAME}"))


def _try(connection: Connection, statement: str) -> None:
    """Run what needs a right that the database's owner may lack."""
    connection.execute(
        text(f"DO $$ BEGIN {statement}; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$")
    )


@event.listens_for(Course.__table__, "after_create")
def _with_courses(_target: Any, connection: Connection, **_kwargs: Any) -> None:
    create_search_table(connection)


@event.listens_for(Course.__table__, "before_drop")
def _before_courses(_target: Any, connection: Connection, **_kwargs: Any) -> None:
    drop_search_table(connection)
