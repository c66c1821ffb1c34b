"""What a notice says, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.blueprints.messaging.rules.kind import Kind
from app.core.formats import moment
from app.core.i18n import gettext


@dataclass(frozen=True, slots=True)
class Words:
    """A line, what it means, and the reason that somebody gave, if they did."""

    title: str
    text: str
    reason: str


def words_of(kind: Kind, about: Mapping[str, Any]) -> Words:
    """Return the words of a notice of this kind about these values."""
    named = {name: _readable(name, value) for name, value in about.items()}
    return Words(
        title=gettext(kind.title.plain, **named),
        text=gettext(kind.text.plain, **named),
        reason=named.get("reason", ""),
    )


def _readable(name: str, value: Any) -> str:
    return moment(datetime.fromisoformat(value)) if name.endswith("_at") else str(value)
