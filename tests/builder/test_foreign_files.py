"""A lesson shows files of its own course only; what it showed before may stay until mended."""

from typing import Any

import pytest

from app.blueprints.builder import services
from app.blueprints.builder.queries import lesson_editor
from app.blueprints.builder.rules.texts import AddBlock
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.errors import ForeignFile
from app.blueprints.courses.models import Course
from app.blueprints.courses.services.assets import share_assets
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.pages import base
from tests.builder.steps import add_lesson, write
from tests.factories import saving
from tests.factories.courses import make_asset, make_course
from tests.support import both_databases
from tests.support.client import CheckedClient


def picture(asset: str) -> dict[str, Any]:
    """A block that shows the file."""
    return {"key": new_key(), "type": "image", "asset": asset, "alt": "A map"}


def inside_text(asset: str) -> dict[str, Any]:
    """A text with the file within it."""
    return {"key": new_key(), "type": "text", "html": f'<p><img src="/media/{asset}" alt=""></p>'}


def inside_callout(asset: str) -> dict[str, Any]:
    """A callout with the file within it."""
    return {"key": new_key(), "type": "callout", "kind": "note", "blocks": [picture(asset)]}


WAYS = [picture, inside_text, inside_callout]


def add(author: Actor, course: Course, lesson: str, block: dict[str, Any]) -> None:
    prepared = services.prepare_text(
        author, course_id=course.id, lesson=lesson, change=AddBlock(block)
    )
    with writing():
        services.save_text(author, prepared)


@both_databases
@pytest.mark.parametrize("way", WAYS)
def test_another_courses_file_is_refused(author: Actor, course: Course, way: Any) -> None:
    foreign, own = make_asset(make_course()), make_asset(course)
    lesson = add_lesson(author, course, "Clay")
    add(author, course, lesson, way(own.public_id))
    for unknown in (foreign.public_id, "nothing"):
        with pytest.raises(ForeignFile, match="does not belong to this course"):
            add(author, course, lesson, way(unknown))


def test_a_deleted_file_is_refused_but_the_text_can_still_be_changed(
    author: Actor, course: Course
) -> None:
    own = make_asset(course)
    lesson = add_lesson(author, course, "Clay")
    add(author, course, lesson, picture(own.public_id))
    with saving():
        db.session.merge(own).deleted_at = clock.now()
    write(author, course, lesson)
    other = add_lesson(author, course, "Sand")
    with pytest.raises(ForeignFile):
        add(author, course, other, picture(own.public_id))


def test_a_copy_shows_the_files_of_its_model(author: Actor, course: Course) -> None:
    model = make_course()
    asset = make_asset(model)
    lesson = add_lesson(author, course, "Clay")
    with writing():
        share_assets(model.id, course.id)
    add(author, course, lesson, picture(asset.public_id))


def test_it_is_told_in_words(desk: CheckedClient, author: Actor, course: Course) -> None:
    lesson = add_lesson(author, course, "Clay")
    write(author, course, lesson)
    foreign = make_asset(make_course())
    block = lesson_editor(course, lesson).blocks[0]
    saved = desk.put(
        f"{base(course)}/lessons/{lesson}/blocks/{block.key}",
        data={
            "type": "text",
            f"html-{block.key}": f'<p><img src="/media/{foreign.public_id}" alt=""></p>',
            "base": block.base,
        },
    )
    assert saved.status_code == 422
    assert "does not belong to this course" in saved.text


def test_below_a_path_files_are_shown_from_there_and_stored_as_ever(
    desk: CheckedClient, author: Actor, course: Course
) -> None:
    lesson, asset = add_lesson(author, course, "Sand"), make_asset(course).public_id
    for way in WAYS:
        add(author, course, lesson, way(asset))
    below = {"base_url": "http://localhost/school"}
    page = desk.get(f"{base(course)}/lessons/{lesson}", **below).text
    assert f'<img src="/school/media/{asset}"' in page
    assert '"/media/' not in page
    assert f"&lt;img src=&#34;/media/{asset}" in page  # what is edited, and sent back
    assert f'src="/media/{asset}"' in desk.get(f"{base(course)}/lessons/{lesson}").text
