"""The lesson beside the board, and changes of what it says."""

import pytest

from app.blueprints.builder.queries import lesson_editor
from app.blueprints.builder.queries.lessons import EditedBlock
from app.blueprints.builder.routes.drawer import TYPES
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course
from app.core.actor import Actor
from tests.builder.pages import base
from tests.builder.steps import add_lesson, write
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def clay(author: Actor, course: Course) -> str:
    """A lesson with one text."""
    key = add_lesson(author, course, "Clay")
    write(author, course, key, "<p>Clay is <em>fine</em>.</p>")
    return key


def blocks_of(course: Course, lesson: str) -> list[EditedBlock]:
    """What the lesson says now."""
    return lesson_editor(get_course(course.id), lesson).blocks


def text_of(course: Course, lesson: str) -> str:
    """What its first block says."""
    return str(blocks_of(course, lesson)[0].block["html"])


def address(course: Course, lesson: str, block: EditedBlock | None = None) -> str:
    """Where a lesson's blocks are changed."""
    return f"{base(course)}/lessons/{lesson}/blocks" + (f"/{block.key}" if block else "")


def fields(block: EditedBlock, html: str) -> dict[str, str]:
    """What the form of a text block sends."""
    return {"type": "text", "base": block.base, f"html-{block.key}": html}


def test_a_lesson_opens_beside_the_board(desk: CheckedClient, course: Course, clay: str) -> None:
    url = f"{base(course)}/lessons/{clay}"
    with count_sql(at_most=10):
        page = desk.get(url).text
    assert 'class="board"' in page
    assert 'class="drawer"' in page
    assert "Clay is &lt;em&gt;fine" in page
    part = desk.get(url, headers=PART).text
    assert part.lstrip().startswith("<aside")
    assert 'class="board"' not in part
    assert desk.get(f"{base(course)}/lessons/gone").status_code == 404


def test_a_lesson_is_previewed(desk: CheckedClient, course: Course, clay: str) -> None:
    page = desk.get(f"{base(course)}/lessons/{clay}/preview")
    assert "<p>Clay is <em>fine</em>.</p>" in page.text
    assert desk.get(f"{base(course)}/lessons/gone/preview").status_code == 404


def test_autosave_answers_with_the_next_base_in_fourteen_statements(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    first = desk.put(url, data=fields(block, "<p>One</p>"), headers=PART)
    assert first.status_code == 204
    after = blocks_of(course, clay)[0]
    assert first.headers["X-Block-Base"] == after.base
    with count_sql(at_most=14):
        second = desk.put(url, data=fields(after, "<p>Two</p>"), headers=PART)
    assert second.status_code == 204
    assert text_of(course, clay) == "<p>Two</p>"


def test_a_form_saves_too(desk: CheckedClient, course: Course, clay: str) -> None:
    block = blocks_of(course, clay)[0]
    url = f"{address(course, clay, block)}?_method=PUT"
    saved = desk.post(url, data=fields(block, "<p>One</p>"))
    assert (saved.status_code, saved.location) == (303, f"{base(course)}/lessons/{clay}")
    assert text_of(course, clay) == "<p>One</p>"


def test_what_is_saved_is_clean(desk: CheckedClient, course: Course, clay: str) -> None:
    block = blocks_of(course, clay)[0]
    hostile = '<p onclick="x()">Hi<script>x()</script></p>'
    desk.put(address(course, clay, block), data=fields(block, hostile), headers=PART)
    assert text_of(course, clay) == "<p>Hi</p>"


def test_a_block_that_two_changed_is_shown_twice(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    desk.put(url, data=fields(block, "<p>Theirs</p>"), headers=PART)
    mine = fields(block, "<p>Mine <script>x()</script></p>")
    part = desk.put(url, data=mine, headers=PART)
    assert part.status_code == 409
    assert "<p>Theirs</p>" in part.text
    assert "<p>Mine </p>" in part.text
    assert text_of(course, clay) == "<p>Theirs</p>"
    page = desk.put(url, data=mine)
    assert page.status_code == 409
    now = blocks_of(course, clay)[0]
    assert f'name="base" value="{now.base}"' in page.text
    desk.put(url, data=fields(now, "<p>Mine</p>"), headers=PART)
    assert text_of(course, clay) == "<p>Mine</p>"


def test_a_block_that_is_gone_loses_no_text(desk: CheckedClient, course: Course, clay: str) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    gone = desk.delete(f"{url}?base={block.base}", headers=PART)
    assert gone.status_code == 200
    assert blocks_of(course, clay) == []
    late = desk.put(url, data=fields(block, "<p>Late</p>"), headers=PART)
    assert late.status_code == 409
    assert "<p>Late</p>" in late.text
    assert "They removed this block" in late.text
    assert desk.put(url, data={"type": "song"}).status_code == 404


def test_a_changed_block_is_not_removed_unseen(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    desk.put(url, data=fields(block, "<p>New</p>"), headers=PART)
    assert desk.delete(f"{url}?base={block.base}", headers=PART).status_code == 409
    assert text_of(course, clay) == "<p>New</p>"


@pytest.mark.parametrize("kind", TYPES)
def test_blocks_are_added(desk: CheckedClient, course: Course, clay: str, kind: str) -> None:
    part = desk.post(address(course, clay), data={"type": kind}, headers=PART)
    added = blocks_of(course, clay)[-1]
    assert added.type == kind
    assert f'data-fresh="{added.key}"' in part.text
    page = desk.post(address(course, clay), data={"type": kind})
    assert page.status_code == 303
    assert len(blocks_of(course, clay)) == 3


def test_blocks_of_other_kinds_cannot_be_added(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    assert desk.post(address(course, clay), data={"type": "song"}).status_code == 422


def test_blocks_move(desk: CheckedClient, author: Actor, course: Course, clay: str) -> None:
    write(author, course, clay, "<p>Second</p>")
    first, second = blocks_of(course, clay)
    moved = desk.post(f"{address(course, clay, second)}/move", data={"after": ""}, headers=PART)
    assert moved.status_code == 200
    assert [block.key for block in blocks_of(course, clay)] == [second.key, first.key]
    back = desk.post(f"{address(course, clay, second)}/move?after={first.key}")
    assert back.status_code == 303
    assert [block.key for block in blocks_of(course, clay)] == [first.key, second.key]
    gone = desk.post(f"{address(course, clay, second)}/move?after=gone", headers=PART)
    assert gone.status_code == 409


def test_a_callout_is_saved_with_what_is_inside(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    desk.post(address(course, clay), data={"type": "callout"})
    callout = blocks_of(course, clay)[-1]
    inner = callout.block["blocks"][0]["key"]
    form = {
        "type": "callout",
        "base": callout.base,
        f"title-{callout.key}": "Try it",
        f"kind-{callout.key}": "challenge",
        f"html-{inner}": "<p>Dig.</p>",
    }
    assert desk.put(address(course, clay, callout), data=form, headers=PART).status_code == 204
    saved = blocks_of(course, clay)[-1].block
    assert (saved["title"], saved["kind"]) == ("Try it", "challenge")
    assert saved["blocks"][0]["html"] == "<p>Dig.</p>"
    form[f"kind-{callout.key}"], form["base"] = "song", blocks_of(course, clay)[-1].base
    assert desk.put(address(course, clay, callout), data=form, headers=PART).status_code == 422
