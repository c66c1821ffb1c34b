"""A difference between two versions in words, a line for each thing that changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.blueprints.builder.queries import PublicationPreview
from app.blueprints.builder.queries.comparison import DRAFT
from app.blueprints.builder.routes.drawer import TYPES
from app.blueprints.courses.content.blocks import AnyBlock
from app.blueprints.courses.content.difference import BodyDifference
from app.blueprints.courses.content.references import words_of
from app.blueprints.courses.models import Course
from app.blueprints.courses.rules.difference import Change, Difference
from app.core.errors import Text
from app.core.i18n import gettext
from app.core.i18n import lazy_gettext as _l

SETTINGS: dict[str, Text] = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "overview": _l("Overview"),
    "objectives": _l("What people will be able to do"),
    "difficulty": _l("Level"),
    "language": _l("Language"),
    "minutes_override": _l("Estimated time"),
    "gives_certificate": _l("Certificate"),
    "pacing": _l("Pace"),
    "cover_id": _l("Cover"),
}
# Runs of words, each `same`, `removed` or `added`.
Runs = tuple[tuple[str, str], ...]
# The lists of a difference in the order in which they are told: mark, its class, for a module.
_KINDS: tuple[tuple[str, Text, str, bool], ...] = (
    ("modules_added", _l("New module"), "added", True),
    ("modules_removed", _l("Module removed"), "removed", True),
    ("modules_retitled", _l("Module renamed"), "retitled", True),
    ("modules_moved", _l("Module moved"), "moved", True),
    ("added", _l("Added"), "added", False),
    ("removed", _l("Removed"), "removed", False),
    ("rewritten", _l("Rewritten"), "rewritten", False),
    ("resettled", _l("Settings changed"), "changed", False),
    ("retitled", _l("Renamed"), "retitled", False),
    ("moved", _l("Moved"), "moved", False),
)


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One line: what happened, to what, and what it was called before."""

    mark: Text
    kind: str
    title: Text
    before: str = ""
    key: str = ""
    # Whether those who finished this lesson could be asked to do it again.
    can_redo: bool = False
    # How many have done so, where that is known.
    finished: int | None = None
    is_module: bool = False
    # What changed in its text: a paragraph for each block, or where to look at it.
    text: tuple[Runs, ...] = ()
    address: str = ""


def rows_of(
    difference: Difference | None,
    texts: Mapping[str, BodyDifference] | None = None,
    finished: Mapping[str, int] | None = None,
    addresses: Mapping[str, str] | None = None,
) -> list[DifferenceRow]:
    """Return `difference` as lines, with what changed in `texts`; none for a first version.

    `addresses` lead to what changed in texts that are not shown here.
    """
    if difference is None:
        return []
    rows = [
        DifferenceRow(_l("Changed"), "changed", SETTINGS.get(name, name))
        for name in difference.settings
    ]
    for name, mark, kind, is_module in _KINDS:
        changes: list[Change] = getattr(difference, name)
        rows += [
            DifferenceRow(
                mark,
                kind,
                change.title,
                change.before,
                change.key,
                can_redo=name == "rewritten",
                finished=(finished or {}).get(change.key, 0 if finished else None),
                is_module=is_module,
                text=_text(texts, change.key) if name == "rewritten" else (),
                address=(addresses or {}).get(change.key, ""),
            )
            for change in changes
        ]
    return rows


def addresses_of(course: Course, preview: PublicationPreview) -> dict[str, str]:
    """Return where the texts of each rewritten lesson are shown side by side."""
    rewritten = preview.difference.rewritten if preview.difference else []
    sides: dict[str, Any] = {"from": preview.number - 1, "to": DRAFT}
    return {
        one.key: url_for("builder.compare_lesson", slug=course.slug, key=one.key, **sides)
        for one in rewritten
    }


def _text(texts: Mapping[str, BodyDifference] | None, key: str) -> tuple[Runs, ...]:
    changed = (texts or {}).get(key)
    return tuple(_paragraphs(changed)) if changed else ()


def _paragraphs(changed: BodyDifference) -> Iterator[Runs]:
    for one in changed.rewritten:
        yield one.words
    for block in changed.removed:
        yield (("removed", _words(block)),)
    for block in changed.added:
        yield (("added", _words(block)),)
    for block in changed.moved:
        yield (("same", gettext("Moved: %(words)s", words=_words(block))),)


def _words(block: AnyBlock) -> str:
    return words_of(block) or str(TYPES[block.type])
