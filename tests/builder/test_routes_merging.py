"""Saves that meet: merged where they can be, shown to both where not, never overwritten."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from app.blueprints.builder import services
from app.blueprints.builder.queries.lessons import EditedBlock
from app.blueprints.builder.routes import blocks as routes
from app.blueprints.builder.services import texts
from app.blueprints.courses.models import Course
from app.core.actor import Actor
from tests.builder.steps import add_lesson, write
from tests.builder.test_routes_blocks import address, blocks_of, fields, text_of
from tests.support.client import PART, CheckedClient

TWO = "<p>One</p><p>Two</p>"


@pytest.fixture
def clay(author: Actor, course: Course) -> str:
    """A lesson whose one text has two paragraphs."""
    key = add_lesson(author, course, "Clay")
    write(author, course, key, TWO)
    return key


def with_base(block: EditedBlock, html: str) -> dict[str, str]:
    """What an editor sends that knows what it began with."""
    return {**fields(block, html), f"was-html-{block.key}": TWO}


def test_different_paragraphs_merge(desk: CheckedClient, course: Course, clay: str) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    desk.put(url, data=fields(block, "<p>One</p><p>Two, theirs</p>"), headers=PART)
    mine = with_base(block, "<p>One, mine<script>x()</script></p><p>Two</p>")
    saved = desk.put(url, data=mine, headers=PART)
    assert (saved.status_code, saved.headers["X-Block-Merged"]) == (204, "1")
    assert text_of(course, clay) == "<p>One, mine</p>\n<p>Two, theirs</p>"
    assert saved.headers["X-Block-Base"] == blocks_of(course, clay)[0].base


def test_the_same_paragraph_is_shown_twice(desk: CheckedClient, course: Course, clay: str) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    desk.put(url, data=fields(block, "<p>One</p><p>Theirs</p>"), headers=PART)
    mine = with_base(block, "<p>One</p><p>Mine</p>")
    part = desk.put(url, data=mine, headers=PART)
    assert part.status_code == 409
    page = desk.put(url, data=mine).text
    both = "&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Theirs&lt;/p&gt;\n&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Mine"
    assert both in page
    assert "Edit both together" in page
    assert text_of(course, clay) == "<p>One</p><p>Theirs</p>"


def test_a_base_that_is_not_what_was_there_loses_nothing(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    desk.put(url, data=fields(block, "<p>Theirs</p>"), headers=PART)
    lie = {**fields(block, "<p>Mine</p>"), f"was-html-{block.key}": "<p>Something</p>"}
    assert desk.put(url, data=lie, headers=PART).status_code == 409
    assert text_of(course, clay) == "<p>Theirs</p>"


def test_a_removed_block_is_put_back(desk: CheckedClient, course: Course, clay: str) -> None:
    desk.post(address(course, clay), data={"type": "callout"})
    callout = blocks_of(course, clay)[-1]
    url, inner = address(course, clay, callout), callout.block["blocks"][0]["key"]
    desk.delete(f"{url}?base={callout.base}", headers=PART)
    mine = {
        "type": "callout",
        "base": callout.base,
        f"title-{callout.key}": "Try it",
        f"kind-{callout.key}": "tip",
        f"html-{inner}": "<p>Dig.</p>",
    }
    gone = desk.put(url, data=mine, headers=PART)
    assert gone.status_code == 409
    assert "<p>Dig.</p>" in gone.text
    assert "Put mine back" in gone.text
    assert desk.put(url, data={**mine, "base": ""}, headers=PART).status_code == 204
    assert blocks_of(course, clay)[-1].block["blocks"][0]["html"] == "<p>Dig.</p>"


def test_the_next_base_is_of_what_was_saved(
    desk: CheckedClient, course: Course, clay: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves right after: the answer must not name their text as the base of mine."""
    block = blocks_of(course, clay)[0]
    url, original = address(course, clay, block), routes.write

    def and_then_theirs(*args: object) -> object:
        draft = original(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(routes, "write", original)
        now = blocks_of(course, clay)[0]
        theirs = desk.put(url, data=fields(now, "<p>Theirs</p>"), headers=PART)
        assert theirs.status_code == 204
        return draft

    monkeypatch.setattr(routes, "write", and_then_theirs)
    mine = desk.put(url, data=fields(block, "<p>Mine</p>"), headers=PART)
    stale = {**fields(block, "<p>More</p>"), "base": mine.headers["X-Block-Base"]}
    assert desk.put(url, data=stale, headers=PART).status_code == 409
    assert text_of(course, clay) == "<p>Theirs</p>"


@contextmanager
def holding(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note what happens while the write gate is held: it is taken, text is drawn, it is let go."""
    noted: list[str] = []
    gate, draw = app.extensions["write_gate"].held, texts.drawn_text

    @contextmanager
    def watched() -> Iterator[None]:
        with gate():
            noted.append("taken")
            yield
            noted.append("let go")

    def slowly(blocks: list[dict[str, object]]) -> dict[str, object]:
        noted.append("drawn")
        time.sleep(0.01)
        return draw(blocks)

    monkeypatch.setattr(app.extensions["write_gate"], "held", watched)
    monkeypatch.setattr(texts, "drawn_text", slowly)
    yield noted


def test_texts_are_cleaned_and_drawn_outside_the_gate(
    app: Flask,
    desk: CheckedClient,
    author: Actor,
    course: Course,
    clay: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    block = blocks_of(course, clay)[0]
    url = address(course, clay, block)
    with holding(app, monkeypatch) as noted:
        desk.put(url, data=fields(block, "<p>Mine</p>"), headers=PART)
    assert noted == ["drawn", "taken", "let go"]

    prepare = services.prepare_text

    def and_somebody_else(*args: object, **kwargs: object) -> object:
        prepared = prepare(*args, **kwargs)  # type: ignore[arg-type]
        monkeypatch.setattr(services, "prepare_text", prepare)
        write(author, course, clay, "<p>Another block</p>")
        return prepared

    monkeypatch.setattr(services, "prepare_text", and_somebody_else)
    now = blocks_of(course, clay)[0]
    with holding(app, monkeypatch) as noted:
        assert desk.put(url, data=fields(now, "<p>More</p>"), headers=PART).status_code == 204
    # Mine, theirs in between; then mine has to be drawn again, and is so outside.
    assert noted == ["drawn", "drawn", "taken", "let go", "taken", "drawn", "taken", "let go"]
    assert [block.block["html"] for block in blocks_of(course, clay)] == [
        "<p>More</p>",
        "<p>Another block</p>",
    ]
