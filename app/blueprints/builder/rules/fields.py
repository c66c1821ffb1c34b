"""Fields that a page saves by itself, each for itself: which are written, which meet another's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Invalid, Text

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it was sent: what it says, and what it said when its form began with it."""

    value: Any
    was: Any


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What of the fields that were sent is not saved.

    `others` are those that somebody else changed, with what they say now; `refused` are those
    that make no sense, with the reason.
    """

    others: Values = field(default_factory=dict)
    refused: dict[str, Text] = field(default_factory=dict)


def cleaned(
    fields: Mapping[str, Field], clean: Callable[[str, Any], Any]
) -> tuple[dict[str, Field], dict[str, Text]]:
    """Return the fields as `clean` makes them, and why it refuses the others."""
    found: dict[str, Field] = {}
    refused: dict[str, Text] = {}
    for name, one in fields.items():
        try:
            found[name] = Field(clean(name, one.value), clean(name, one.was))
        except Invalid as error:
            refused |= error.fields
    return found, refused


def settled(now: Mapping[str, Any], fields: Mapping[str, Field]) -> tuple[Values, Values]:
    """Return what is to be written, and what others wrote instead, both by field.

    `now` is what is there. Whoever says what is there already has nothing to write, and nobody
    to agree with.
    """
    others = {
        name: now[name] for name, one in fields.items() if now[name] not in (one.was, one.value)
    }
    changes = {
        name: one.value
        for name, one in fields.items()
        if name not in others and now[name] != one.value
    }
    return changes, others
