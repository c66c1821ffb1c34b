"""What a version says about the course as a whole."""

from dataclasses import dataclass
from typing import Any

from app.blueprints.builder.errors import Overtaken, StaleRow, Unchanged
from app.blueprints.builder.rules.texts import digest
from app.blueprints.builder.services.courses import checked_title
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.courses.models import CourseStatus, CourseVersion, Difficulty
from app.core.actor import Actor
from app.core.i18n import lazy_gettext as _l

Values = dict[str, Any]


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


def basics_base(version: CourseVersion) -> str:
    """Return what a change of these basics must name as its base.

    Not the version's revision: that rises with every text that somebody writes meanwhile.
    """
    names = ("title", "summary", "overview", "objectives", "language", "gives_certificate")
    values = {name: getattr(version, name) for name in names}
    level = str(version.difficulty)
    return digest({**values, "difficulty": level})


def edit_basics(actor: Actor, *, course_id: int, base: str, basics: Basics) -> CourseVersion:
    """Write the basics of the working version; raises `StaleRow`, `Invalid` and `Unchanged`.

    A course never published takes its title with it, so that lists of drafts show the right one.
    """
    title = checked_title(basics.title)
    board = open_board(actor, course_id)
    version = board.version
    if basics_base(version) != base:
        raise StaleRow
    values = {
        "title": title,
        "summary": basics.summary.strip(),
        "overview": basics.overview.strip(),
        "objectives": [line.strip() for line in basics.objectives if line.strip()],
        "difficulty": Difficulty(basics.difficulty),
        "language": basics.language,
        "gives_certificate": basics.gives_certificate,
    }
    if all(getattr(version, name) == value for name, value in values.items()):
        raise Unchanged
    _write(board, values)
    return version


def unedit_basics(board: Board, *, values: Values, instead_of: Values) -> BoardChange:
    """Bring the basics back that were there; raises `Overtaken` where others are by now."""
    if any(getattr(board.version, name) != value for name, value in instead_of.items()):
        raise Overtaken
    return _write(board, {**values, "difficulty": Difficulty(values["difficulty"])})


def _write(board: Board, values: Values) -> BoardChange:
    version, course = board.version, board.course
    before = {name: getattr(version, name) for name in values}
    for name, value in values.items():
        setattr(version, name, value)
    if course.status is CourseStatus.DRAFT:
        course.title = version.title
    return board.done(
        "edit_basics",
        _l("Basics saved."),
        payload={"title": version.title},
        inverse={"kind": "edit_basics", "values": before, "instead_of": values},
    )
