"""What a version says about the course as a whole."""

from dataclasses import dataclass

from app.blueprints.builder.errors import StaleRow
from app.blueprints.builder.rules.texts import digest
from app.blueprints.builder.services.courses import checked_title
from app.blueprints.builder.services.frame import open_board
from app.blueprints.courses.models import Course, CourseStatus, CourseVersion, Difficulty
from app.core.actor import Actor
from app.core.i18n import lazy_gettext as _l


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
    subject_id: int | None = None


def basics_base(course: Course, version: CourseVersion) -> str:
    """Return what a change of these basics must name as its base.

    Not the version's revision: that rises with every text that somebody writes meanwhile.
    """
    names = ("title", "summary", "overview", "objectives", "language", "gives_certificate")
    values = {name: getattr(version, name) for name in names}
    level = str(version.difficulty)
    return digest({**values, "difficulty": level, "subject_id": course.subject_id})


def edit_basics(actor: Actor, *, course_id: int, base: str, basics: Basics) -> CourseVersion:
    """Write the basics of the working version; raises `StaleRow` and `Invalid`.

    The subject belongs to the course and acts at once; a course never published takes its
    title with it, so that lists of drafts show the right one.
    """
    title = checked_title(basics.title)
    board = open_board(actor, course_id)
    version = board.version
    if basics_base(board.course, version) != base:
        raise StaleRow
    version.title = title
    version.summary = basics.summary.strip()
    version.overview = basics.overview.strip()
    version.objectives = [line.strip() for line in basics.objectives if line.strip()]
    version.difficulty = Difficulty(basics.difficulty)
    version.language = basics.language
    version.gives_certificate = basics.gives_certificate
    board.course.subject_id = basics.subject_id
    if board.course.status is CourseStatus.DRAFT:
        board.course.title = title
    board.done("edit_basics", _l("Basics saved."), payload={"title": title}, inverse=None)
    return version
