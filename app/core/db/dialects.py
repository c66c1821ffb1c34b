"""The one place where the two databases are spoken to differently in statements."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.core.db.base import Base, db


def insert_for(model: type[Base]) -> Any:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(model.__table__)
