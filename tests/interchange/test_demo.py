"""The courses of the demonstration school are good examples of what can be brought in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.blueprints.builder.queries import version_readiness
from app.blueprints.courses.content import estimated_minutes, parse_blocks
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course, shown_in_builder
from app.blueprints.interchange.markdown import Block, read_course
from app.blueprints.interchange.panels import COURSES, demo_courses
from app.core.db import db
from tests.factories.accounts import actor_for, make_user

FOLDERS = sorted(path for path in COURSES.iterdir() if path.is_dir())


def walk(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from walk(block.get("blocks", []))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_course_is_short_and_well_made(folder: Path) -> None:
    course = read_course(folder)
    assert 5 <= len(course.lessons) <= 9
    assert 2 <= len(course.modules) <= 3
    assert course.summary
    assert course.overview
    assert len(course.objectives) >= 3
    for lesson in course.lessons:
        blocks = list(walk(list(lesson.blocks)))
        body = parse_blocks(list(lesson.with_assets(lambda _path: "picture")))
        assert (lesson.own_minutes or estimated_minutes(body)) <= 15
        assert "!" not in "".join(block.get("title", "") for block in blocks)
        assert all(block["alt"] for block in blocks if block["type"] == "image")
        if lesson.is_required:
            kinds = [block.get("kind") for block in blocks]
            assert kinds.count("solution") >= kinds.count("challenge") >= 1, lesson.source
            assert "objectives" in kinds


def test_the_school_gets_each_course_once(app: Flask) -> None:
    actor = actor_for(make_user(roles=["contributor"]))
    made = demo_courses(actor)
    assert demo_courses(actor) == made
    assert db.session.execute(select(func.count(Course.id))).scalar_one() == len(FOLDERS)
    for course_id in made:
        course = get_course(course_id)
        assert version_readiness(course, shown_in_builder(course)).must == ()
