"""How much a column of limited length takes in: told by words, the same on both databases."""

from typing import Any

from sqlalchemy import Enum, String, event
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import TooLong


def bound_lengths(base: type[Any]) -> None:
    """Have each model of `base` raise `TooLong` where a text would not fit into its column.

    SQLite keeps any length, and PostgreSQL's own refusal names neither field nor person.
    """
    event.listen(base, "attribute_instrument", _bound, propagate=True)


def _bound(_model: type[Any], _name: str, attribute: InstrumentedAttribute[Any]) -> None:
    columns = getattr(attribute.property, "columns", ())
    kind = columns[0].type if columns else None
    if not isinstance(kind, String) or isinstance(kind, Enum) or kind.length is None:
        return
    most = kind.length

    def check(_row: object, value: object, *_: object) -> None:
        if isinstance(value, str) and len(value) > most:
            raise TooLong(most)

    event.listen(attribute, "set", check)
