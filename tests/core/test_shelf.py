"""What is kept in memory: only so much of it, and nothing that may yet be taken back."""

from collections.abc import Iterator
from itertools import count

from flask import Flask

from app.blueprints.courses import queries
from app.blueprints.courses.queries.catalogue import _READ
from app.blueprints.courses.queries.outline import published_outline
from app.blueprints.courses.rules.catalogue import Wanted
from app.core.db import db, writing
from app.core.shelf import Shelf
from tests.factories.courses import make_course
from tests.support import both_databases
from tests.support.sql import count_sql


def test_only_so_many_things_are_kept() -> None:
    few: Shelf[int] = Shelf(most=2)
    for number, key in enumerate("abc", 1):
        few.keep(key, number)
    assert (few.find("a"), few.find("b"), len(few)) == (None, 2, 2)
    few.keep("d", 4)
    assert (few.find("c"), few.find("b")) == (None, 2)


def test_what_is_kept_is_not_read_again() -> None:
    shelf: Shelf[int] = Shelf(most=2)
    numbers: Iterator[int] = count(1)
    assert [shelf.fetch(key, lambda: next(numbers)) for key in "aabba"] == [1, 1, 2, 2, 1]


def test_what_is_read_while_writing_is_not_kept(app: Flask) -> None:
    shelf: Shelf[int] = Shelf(most=2)
    with writing():
        assert shelf.fetch("a", lambda: 1) == 1
    assert len(shelf) == 0


@both_databases
def test_the_catalogue_is_read_once_for_each_state(app: Flask) -> None:
    make_course("Loops")
    found = queries.catalogue_in(queries.catalogue_state(), Wanted())
    with count_sql(at_most=1):
        assert queries.catalogue_in(queries.catalogue_state(), Wanted()) is found
    make_course("Arrays")
    page = queries.catalogue_in(queries.catalogue_state(), Wanted()).page
    assert {row.title for row in page.items} == {"Loops", "Arrays"}


@both_databases
def test_a_state_that_has_gone_by_is_not_kept(app: Flask) -> None:
    make_course("Loops")
    before = queries.catalogue_state()
    db.session.rollback()
    make_course("Arrays")
    queries.catalogue_in(before, Wanted())
    assert len(_READ) == 0
    queries.catalogue_in(queries.catalogue_state(), Wanted())
    assert len(_READ) == 1


def test_only_a_published_outline_is_kept(app: Flask) -> None:
    draft = queries.shown_in_builder(make_course("Draft", published=False))
    published = queries.shown_in_builder(make_course("Loops", lessons=2))
    for version, statements in ((draft, 1), (published, 0)):
        first = published_outline(version)
        with count_sql() as sent:
            assert published_outline(version) == first
        assert len(sent) == statements
