"""A difference between two versions in words, a line for each thing that changed."""

from dataclasses import dataclass

from app.blueprints.courses.rules.difference import Change, Difference
from app.core.errors import Text
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
}
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
    is_module: bool = False


def rows_of(difference: Difference | None) -> list[DifferenceRow]:
    """Return `difference` as lines; none for a first version."""
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
                is_module=is_module,
            )
            for change in changes
        ]
    return rows
