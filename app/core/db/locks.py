"""Locks on what is no row: one holder a name, until the transaction ends."""

from sqlalchemy import func, select

from app.core.db.base import db


def lock_name(name: str) -> None:
    """Wait until nobody else holds this name, then hold it to the end of the transaction.

    SQLite has one writer at a time anyway.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
