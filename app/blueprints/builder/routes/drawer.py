"""The lesson beside the board: its blocks, each with what editing it needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.blueprints.builder import queries
from app.blueprints.builder.queries import LessonEditor
from app.blueprints.builder.queries.board import BoardView
from app.blueprints.builder.queries.drawn import stored_block
from app.blueprints.builder.queries.lessons import EditedBlock
from app.blueprints.builder.routes.blueprint import base_of
from app.blueprints.builder.rules.questions import KINDS as KINDS_OF_QUESTION
from app.blueprints.courses.content.labels import CALLOUTS
from app.blueprints.courses.models import Course, LessonKind
from app.blueprints.courses.queries import PlacedLesson, placed_lessons
from app.blueprints.courses.rules.completion import RULES as COMPLETIONS
from app.blueprints.courses.rules.release import RULES as RELEASES
from app.blueprints.courses.rules.release import Release, moment_of, rule_of
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l
from app.core.sanitise import TAGS

TYPES: dict[str, Text] = {
    "text": _l("Text"),
    "image": _l("Image"),
    "video": _l("Video"),
    "code": _l("Code"),
    "callout": _l("Callout"),
    "file": _l("File"),
    "quiz": _l("Quiz"),
    "assignment": _l("Assignment"),
    "embed": _l("Link to another site"),
}
KINDS: dict[LessonKind, Text] = {
    LessonKind.TEXT: _l("Reading"),
    LessonKind.VIDEO: _l("Video"),
    LessonKind.CODE: _l("Code"),
    LessonKind.QUIZ: _l("Quiz"),
    LessonKind.ASSIGNMENT: _l("Assignment"),
    LessonKind.FILE: _l("File"),
}
# These are shown as the fields that they are edited in, so they need no second picture.
_TYPED = frozenset({"text", "code", "callout", "quiz", "assignment"})
# Offered while one types; every other name that Pygments knows is coloured too.
LANGUAGES = (
    *("bash", "c", "cpp", "csharp", "css", "diff", "docker", "error", "go", "html", "http", "ini"),
    *("java", "javascript", "json", "kotlin", "latex", "lua", "makefile", "markdown", "output"),
    *("perl", "php", "powershell", "pycon", "python", "r", "ruby", "rust", "scala", "sql"),
    *("swift", "text", "toml", "typescript", "xml", "yaml"),
)


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A block with how learners see it, where its fields do not show that."""

    edited: EditedBlock
    html: str

    @property
    def label(self) -> Text:
        """Return what this type of block is called."""
        return TYPES[self.edited.type]


def drawer_context(
    course: Course, editor: LessonEditor, view: BoardView | None = None
) -> dict[str, Any]:
    """Return what the templates of the drawer need; `view` where the board is loaded already."""
    readiness = view.readiness if view else queries.version_readiness(course, editor.version)
    lessons = _placed_on(view) if view else placed_lessons(editor.version.id)
    at = [one.key for one in lessons].index(editor.lesson.key)
    return {
        "course": course,
        "base": base_of(course),
        "editor": editor,
        "lesson": editor.lesson,
        "module": editor.module,
        "blocks": [draw(block) for block in editor.blocks or [editor.begin]],
        "addable": TYPES,
        "question_kinds": KINDS_OF_QUESTION,
        "kinds": KINDS,
        "callouts": CALLOUTS,
        "threads": queries.threads_of(editor.version.id, lesson=editor.lesson.key),
        "fixes": readiness.of_lesson(editor.lesson.key),
        "settings_of": _settings_context(editor, lessons),
        "before": lessons[at - 1] if at else None,
        "after": next(iter(lessons[at + 1 :]), None),
    }


def _placed_on(view: BoardView) -> list[PlacedLesson]:
    return [
        PlacedLesson(
            card.lesson.key,
            card.lesson.title,
            column.module.key,
            column.module.title,
            card.lesson.is_required,
            card.lesson.release,
        )
        for column in view.modules
        for card in column.lessons
    ]


def _settings_context(editor: LessonEditor, lessons: list[PlacedLesson]) -> dict[str, Any]:
    """Return what the form of a lesson's settings shows besides the lesson."""
    others = [one for one in lessons if one.key != editor.lesson.key]
    moment = moment_of(editor.lesson.release)
    return {
        **release_context(editor.lesson.release),
        "completion_rules": COMPLETIONS,
        "release_rules": RELEASES,
        "opens_at": typed_moment(moment),
        "waits_for": editor.lesson.release.get("key", ""),
        "lessons": others,
        "modules": {one.module_key: one.module_title for one in others},
    }


def release_context(release: Release) -> dict[str, Any]:
    """Return what the words about when a lesson opens need."""
    return {"release": rule_of(release), "opens_moment": moment_of(release)}


def typed_moment(moment: datetime | None) -> str:
    """Return a moment as its field has it."""
    return moment.strftime("%Y-%m-%dT%H:%M") if moment else ""


def editing_context() -> dict[str, Any]:
    """Return what the scripts of the drawer draw with."""
    return {
        "text_tags": " ".join(sorted(TAGS)),
        "block_types": tuple(TYPES.items()),
        "code_languages": LANGUAGES,
    }


def draw(block: EditedBlock) -> DrawnBlock:
    """Draw one stored block, unless its fields show all of it."""
    return DrawnBlock(block, "" if block.type in _TYPED else stored_block(block.block))
