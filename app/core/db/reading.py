"""Reading columns for pages, without the objects of a session."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable, Result

from app.core.db.base import db
from app.core.db.connections import may_write


def read(
    statement: Executable, values: Mapping[str, Any] | None = None
) -> Result[*tuple[Any, ...]]:
    """Return what a statement of columns gives; it takes half of what the session would.

    While writing, the session is asked, since it first sends what is pending.
    """
    if may_write.get():
        return db.session.execute(statement, values)
    return db.session.connection().execute(statement, values)
