"""How our own column types are written in migrations."""

from typing import Any, Literal

from app.core.db.types import UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write UTC times as the plain type that lies under them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False
