"""What a version says about the course as a whole."""

from dataclasses import asdict, dataclass
from dataclasses import fields as fields_of
from typing import Any

from app.blueprints.builder.errors import NoFieldSaved, Overtaken, StaleRow, Unchanged
from app.blueprints.builder.rules.fields import Field, Unsaved, Values, cleaned, settled
from app.blueprints.builder.rules.texts import digest
from app.blueprints.builder.services.courses import checked_title
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.sittings import go_on, sitting_of
from app.blueprints.courses.models import CourseVersion, Difficulty
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _l

FORM = "basics"
SAID = _l("Basics saved.")


@dataclass(frozen=True, slots=True)
class Basics:
    """The first step's fields, as typed and checked by the form."""

    title: str
    summary: str = ""
    overview: str = ""
    objectives: tuple[str, ...] = ()
    difficulty: str = "beginner"
    language: str = "en"
    gives_certificate: bool = True


BASICS = tuple(one.name for one in fields_of(Basics))


def basics_base(version: CourseVersion) -> str:
    """Return what a change of these basics must name as its base.

    Not the version's revision: that rises with every text that somebody writes meanwhile.
    """
    return digest({name: getattr(version, name) for name in BASICS})


def edit_basics(actor: Actor, *, course_id: int, base: str, basics: Basics) -> CourseVersion:
    """Write the basics of the working version; raises `StaleRow`, `Invalid` and `Unchanged`.

    A course never published takes its title with it, so that lists of drafts show the right one.
    """
    values = {name: _clean(name, value) for name, value in asdict(basics).items()}
    board = open_board(actor, course_id)
    version = board.version
    if basics_base(version) != base:
        raise StaleRow
    if all(getattr(version, name) == value for name, value in values.items()):
        raise Unchanged
    _write(board, values)
    return version


def save_basics(actor: Actor, *, course_id: int, fields: dict[str, Field]) -> Unsaved:
    """Write those of the fields that nobody else changed since; return what is not saved.

    Those of one sitting are one operation. Raises `NoFieldSaved`.
    """
    clean, refused = cleaned(fields, _clean)
    board = open_board(actor, course_id)
    now = {name: _clean(name, getattr(board.version, name)) for name in clean}
    changes, others = settled(now, clean)
    if not changes:
        raise NoFieldSaved(others, refused)
    last = sitting_of(board, "edit_basics", form=FORM)
    if last is None:
        _write(board, changes, form=FORM)
    else:
        inverse = _written(board, changes)
        go_on(board, last, SAID, _joined(last.inverse or {}, inverse))
    return Unsaved(others, refused)


def _clean(name: str, value: Any) -> Any:
    """Return what one of the basics holds as it is stored; raises `Invalid`."""
    match name:
        case "title":
            return checked_title(value)
        case "summary" | "overview":
            return _plain(value)
        case "objectives":
            lines = value.splitlines() if isinstance(value, str) else value
            return [line.strip() for line in lines if line.strip()]
        case "difficulty" if value not in set(Difficulty):
            raise Invalid(fields={name: _l("Choose a level.")})
        case "difficulty":
            return Difficulty(value)
        case _:
            return value


def _plain(text: str) -> str:
    """Return text with one kind of line end: forms that browsers send have another."""
    return text.replace("\r\n", "\n").strip()


def unedit_basics(board: Board, *, values: Values, instead_of: Values) -> BoardChange:
    """Bring the basics back that were there; raises `Overtaken` where others are by now."""
    if any(getattr(board.version, name) != value for name, value in instead_of.items()):
        raise Overtaken
    if "difficulty" in values:
        values = {**values, "difficulty": Difficulty(values["difficulty"])}
    return _write(board, values)


def _write(board: Board, values: Values, **payload: str) -> BoardChange:
    inverse = _written(board, values)
    payload["title"] = board.version.title
    return board.done("edit_basics", SAID, payload=payload, inverse=inverse)


def _written(board: Board, values: Values) -> Values:
    """Write these values; return what takes them back."""
    version, course = board.version, board.course
    before = {name: getattr(version, name) for name in values}
    for name, value in values.items():
        setattr(version, name, value)
    if course.published_at is None:
        course.title = version.title
    return {"kind": "edit_basics", "values": before, "instead_of": values}


def _joined(first: Values, second: Values) -> Values:
    """Return what takes both changes back, the second of which went on after the first."""
    return {
        "kind": "edit_basics",
        "values": {**second["values"], **first["values"]},
        "instead_of": {**first["instead_of"], **second["instead_of"]},
    }
