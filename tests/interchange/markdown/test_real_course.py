"""A real course in: every fence, every piece of code and every image of it arrives."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.blueprints.courses.content import clean_body, parse_blocks, render_body
from app.blueprints.interchange.markdown import Block, ReadCourse, read_course
from tests.material import material


@pytest.fixture(scope="module")
def folder() -> Path:
    return material("markdown/swcarpentry-python-novice-inflammation")


@pytest.fixture(scope="module")
def course(folder: Path) -> ReadCourse:
    return read_course(folder)


def every(course: ReadCourse) -> Iterator[Block]:
    """Give all blocks of all lessons, those inside others too."""
    waiting = [block for lesson in reversed(course.lessons) for block in reversed(lesson.blocks)]
    while waiting:
        block = waiting.pop()
        yield block
        waiting += reversed(block.get("blocks", []))


def source_lines(folder: Path) -> Iterator[str]:
    """Give the lines of all episodes that are not inside code, and those that open code."""
    for path in sorted((folder / "episodes").glob("*.md")):
        inside = ""
        for line in path.read_text().split("\n"):
            mark = re.match(r" {0,3}(```+|~~~+)", line)
            if not inside:
                yield line
            if mark and not inside:
                inside = mark[1]
            elif mark and mark[1].startswith(inside) and line.strip() == mark[1]:
                inside = ""


def test_lessons_are_in_the_declared_order(course: ReadCourse) -> None:
    assert course.title == "Programming with Python"
    assert [lesson.source for lesson in course.lessons][:2] == [
        "episodes/01-intro.md",
        "episodes/02-numpy.md",
    ]
    assert len(course.lessons) == 12
    assert [lesson.own_minutes for lesson in course.lessons][:3] == [30, 60, 50]


def test_no_fence_is_lost(course: ReadCourse, folder: Path) -> None:
    names = [
        re.sub(r"^:+\s*", "", line).strip()
        for line in source_lines(folder)
        if re.match(r":{3,}\s*\S*[a-z]", line)
    ]
    ours = {"prereq": "prerequisite", "callout": "note"}
    found = Counter(block["kind"] for block in every(course) if block["type"] == "callout")
    assert found == Counter(ours.get(name, name) for name in names)
    assert sum(found.values()) > 150


def test_no_code_is_lost(course: ReadCourse, folder: Path) -> None:
    opened = [line for line in source_lines(folder) if re.match(r"```|~~~", line)]
    blocks = [block for block in every(course) if block["type"] == "code"]
    assert Counter(block["language"] for block in blocks if block["language"]) == Counter(
        line.strip("`~ ") for line in opened if line.strip("`~ ")
    )


def test_every_image_is_shown(course: ReadCourse, folder: Path) -> None:
    named = re.findall(r"!\[[^\]]*\]\((\S+?)[ )]", "\n".join(source_lines(folder)))
    shown = [block["asset"] for block in every(course) if block["type"] == "image"]
    assert shown == [f"episodes/{name}" for name in named]
    assert {image.path for image in course.images} == set(shown)
    assert all(block["alt"] for block in every(course) if block["type"] == "image")


def test_no_markdown_is_left_in_what_is_shown(course: ReadCourse) -> None:
    for lesson in course.lessons:
        body = clean_body(parse_blocks(lesson.with_assets(lambda path: "a" * 32)))
        html = render_body(body).html
        prose = re.sub(r"<code.*?</code>", "", html, flags=re.DOTALL)
        assert not re.search(r":::|!\[|\]\(|\{\s*alt=|\*\*|```", prose)


def test_reading_again_gives_the_same(course: ReadCourse, folder: Path) -> None:
    assert read_course(folder) == course
