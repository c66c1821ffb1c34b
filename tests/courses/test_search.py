"""Search: what is found, in which order, on both databases, whatever people type."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.blueprints.courses import search
from app.core.db import db, writing
from tests.factories.courses import make_course
from tests.support import both_databases

pytestmark = both_databases


def found(query: str) -> list[int]:
    """The ids of the courses found, best first."""
    return run(search.find_courses(query))


def run(hits: search.Hits) -> list[int]:
    """The ids of the hits, best first."""
    found = hits.courses.c
    statement = select(found.course_id).order_by(found.rank.desc())
    return list(db.session.execute(statement, hits.values).scalars())


@pytest.fixture
def python(app: Flask) -> int:
    course = make_course(
        "Programming with Python",
        summary="Read, clean and plot real data.",
        objectives=["Write a function"],
        text="Repeating actions with loops, au café",
    )
    return course.id


FOUND = [
    *("python", "PYTHON", "pyth", "Programming with Python", "python programming", "python AND"),
    *("plot data", "function", "functions", "loop", "loops", "looping", "cafe", "café"),
    *('"python"', "python!", "-python", "py*"),
]
NOT_FOUND = ["java", "ython", "python java", "python OR", "", "   ", "?!", "'"]


def test_words_find_title_summary_objectives_and_text(python: int) -> None:
    assert [query for query in FOUND if found(query) != [python]] == []
    assert [query for query in NOT_FOUND if found(query) != []] == []


HOSTILE = [
    *('"', "''", '" OR 1=1 --', "title:python", "NEAR(a b)", "a AND", "NOT", "(", "^a", "*", "a*b"),
    *("a & | ! ( )", ":*", "a:*", "\\", "%", "_", "\x00", "a\x00b", "\ud7ff", "😀", "ﬁ", "İ"),
    *("a " * 5000, "x" * 10_000, '"' * 10_000, "course_search", "{a b}: c", "a + b", "-"),
]


def test_nothing_that_is_typed_is_an_operator(python: int) -> None:
    for query in HOSTILE:
        found(query)
        similar = search.find_similar(query)
        if similar is not None:
            run(similar)


def test_a_title_comes_before_a_mention(app: Flask) -> None:
    mention = make_course("Reading maps", text="loops " * 30 + "and more of other words")
    title = make_course("Loops and lists", text="Read this.")
    assert found("loops") == [title.id, mention.id]


def test_a_course_is_found_by_what_it_says_now(python: int) -> None:
    with writing():
        search.index_course(python, "Gardening", "soil")
    assert found("python") == []
    assert found("gardening soil") == [python]


def test_a_long_text_is_indexed_as_far_as_the_databases_go(app: Flask) -> None:
    course = make_course("Long", lessons=1)
    with writing():
        search.index_course(course.id, "Long", "同" * 300_000 + " ".join(map(str, range(90_000))))
    assert found("long") == [course.id]


def test_a_mistyped_title_is_found_where_the_database_can(python: int, app: Flask) -> None:
    similar = search.find_similar("pyhton")
    assert (similar is None) == (db.engine.dialect.name == "sqlite")
    if similar is not None:
        assert run(similar) == [python]
