"""What an author does, in one line each."""

from typing import Any

from sqlalchemy import func, select

from app.blueprints.builder import services
from app.blueprints.builder.models import BuilderOperation, Publication
from app.blueprints.builder.queries import board
from app.blueprints.builder.queries.operations import OwnHistory, own_history
from app.blueprints.builder.rules.texts import AddBlock, Change
from app.blueprints.builder.services import BoardChange
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Course, CourseVersion, LessonDraft
from app.blueprints.courses.queries import get_course, last_number, shown_in_builder
from app.core.actor import Actor
from app.core.db import db, writing


def keys_of(course: Course) -> list[tuple[str, list[str]]]:
    """The keys of the board: each module with its lessons."""
    view = board(get_course(course.id))
    return [(m.module.key, [card.lesson.key for card in m.lessons]) for m in view.modules]


def titles_of(course: Course) -> list[tuple[str, list[str]]]:
    """The titles of the board: each module with its lessons."""
    view = board(get_course(course.id))
    return [(m.module.title, [card.lesson.title for card in m.lessons]) for m in view.modules]


def add_lesson(author: Actor, course: Course, title: str, module: str | None = None) -> str:
    """Add a lesson to a module, the first one unless told; return its key."""
    module = module or keys_of(course)[0][0]
    with writing():
        change = services.add_lesson(author, course_id=course.id, module=module, title=title)
    assert change.lesson
    return change.lesson


def add_module(author: Actor, course: Course, title: str) -> str:
    """Add a module; return its key."""
    with writing():
        change = services.add_module(author, course_id=course.id, title=title)
    return change.modules[0]


def write(
    author: Actor, course: Course, lesson: str, html: str = "<p>Read this.</p>"
) -> LessonDraft:
    """Add a text block to a lesson."""
    change = AddBlock({"key": new_key(), "type": "text", "html": html})
    prepared = services.prepare_text(author, course_id=course.id, lesson=lesson, change=change)
    with writing():
        return services.save_text(author, prepared)


def undo(author: Actor, course: Course, change: BoardChange) -> BoardChange:
    """Take one change back."""
    return undo_number(author, course, change.sequence)


def undo_number(author: Actor, course: Course, sequence: int) -> BoardChange:
    """Take the operation of that sequence back, as a request does."""
    text = services.prepare_undo(author, course_id=course.id, sequence=sequence)
    with writing():
        return services.undo(author, course_id=course.id, sequence=sequence, text=text)


def working(course: Course) -> CourseVersion:
    """The version that the builder shows."""
    return shown_in_builder(get_course(course.id))


def publish(author: Actor, course: Course, **choices: Any) -> Publication:
    """Ask for publication and carry it out, as the worker does."""
    revision = working(course).revision
    with writing():
        publication = services.request_publication(
            author, course_id=course.id, revision=revision, **choices
        )
    with writing():
        services.run_publication(publication.id)
    return publication


def ask_back(
    author: Actor, course: Course, number: int, *, becomes: int = 0, **choices: Any
) -> Publication:
    """Ask for a copy of an older version to be published, as the next one unless told."""
    with writing():
        return services.request_revert(
            author,
            course_id=course.id,
            number=number,
            becomes=becomes or last_number(course.id) + 1,
            **choices,
        )


def go_back(author: Actor, course: Course, number: int, **choices: Any) -> Publication:
    """Publish a copy of an older version, as the worker does; return what is stored of it."""
    publication = ask_back(author, course, number, **choices)
    with writing():
        services.run_publication(publication.id)
    return db.session.get_one(Publication, publication.id)


def history(author: Actor, course: Course) -> OwnHistory:
    """What the author would undo and do again next."""
    return own_history(working(course), author.id)


def undo_last(author: Actor, course: Course) -> None:
    """Ctrl-Z."""
    sequence = history(author, course).undo
    assert sequence
    undo_number(author, course, sequence)


def redo_last(author: Actor, course: Course) -> None:
    """Ctrl-Shift-Z."""
    sequence = history(author, course).redo
    assert sequence
    undo_number(author, course, sequence)


def edit_text(author: Actor, course: Course, lesson: str, change: Change) -> None:
    """Change a lesson's text, as a request does."""
    text = services.prepare_text(author, course_id=course.id, lesson=lesson, change=change)
    with writing():
        services.save_text(author, text)


def operations(course: Course) -> int:
    """How many operations there are."""
    statement = select(func.count()).select_from(BuilderOperation)
    ours = statement.where(BuilderOperation.version_id == working(course).id)
    return db.session.execute(ours).scalar_one()
