"""Lists in pages: at most two statements, whatever the number of rows."""

import pytest
from sqlalchemy import select

from app.core.actor import SYSTEM
from app.core.audit import AuditEvent, record
from app.core.db import db, writing
from app.core.pagination import Page, page_number, paginate
from tests.support.sql import count_sql

pytestmark = pytest.mark.usefixtures("app")
EVENTS = select(AuditEvent).order_by(AuditEvent.id)


def add(number: int) -> None:
    with writing():
        for n in range(number):
            record(SYSTEM, "test.noted", "test", n)


@pytest.mark.parametrize(
    ("asked", "shown", "previous", "following"),
    [
        (1, ["0", "1", "2"], False, True),
        (2, ["3", "4", "5"], True, True),
        (3, ["6"], True, False),
        (4, [], True, False),
        (0, ["0", "1", "2"], False, True),
        (-5, ["0", "1", "2"], False, True),
    ],
)
def test_each_page_holds_its_rows(
    asked: int, shown: list[str], previous: bool, following: bool
) -> None:
    add(7)
    page = paginate(EVENTS, asked, size=3)
    assert [event.object_id for event in page.items] == shown
    assert (page.has_previous, page.has_next) == (previous, following)
    assert (page.total, page.pages) == (7, 3)


def test_an_empty_list_is_one_empty_page() -> None:
    page = paginate(EVENTS, 1)
    assert (page.items, page.pages, page.has_next) == ([], 1, False)


@pytest.mark.parametrize(
    ("number", "pages", "links"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (3, 5, [1, 2, 3, 4, 5]),
        (1, 400, [1, 2, None, 400]),
        (9, 400, [1, None, 8, 9, 10, None, 400]),
        (400, 400, [1, None, 399, 400]),
        (500, 4, [1, None, 4]),
    ],
)
def test_links_lead_to_the_ends_and_around(
    number: int, pages: int, links: list[int | None]
) -> None:
    page: Page[int] = Page([], number, size=10, total=pages * 10)
    assert page.links == links


@pytest.mark.parametrize(("rows", "taken"), [(1, 1), (2, 2), (60, 2)])
def test_a_page_takes_two_statements_and_a_whole_list_one(rows: int, taken: int) -> None:
    add(rows)
    db.session.rollback()
    with count_sql() as statements:
        assert paginate(EVENTS, 1, size=2).total == rows
    assert len(statements) == taken


def test_rows_of_several_columns_stay_rows() -> None:
    add(1)
    page: Page[tuple[str, int]] = paginate(select(AuditEvent.action, AuditEvent.actor_id), 1)
    assert [tuple(row) for row in page.items] == [("test.noted", 0)]


@pytest.mark.parametrize(
    ("text", "number"),
    [(None, 1), ("", 1), ("7", 7), ("-1", 1), ("1e9", 1), ("٣", 1), ("999999", 1), ("abc", 1)],
)
def test_anything_may_stand_in_the_query_string(text: str | None, number: int) -> None:
    assert page_number(text) == number
