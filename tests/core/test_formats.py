"""How durations, moments and names are written."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.core import clock, formats

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0 min"), (25, "25 min"), (60, "1 h"), (65, "1 h 05"), (270, "4 h 30"), (1440, "24 h")],
)
def test_minutes_are_written_as_people_say_them(app: Flask, value: int, written: str) -> None:
    with app.test_request_context():
        assert formats.minutes(value) == written


@pytest.mark.parametrize(
    ("away", "written"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(minutes=-2), "2 min ago"),
        (timedelta(hours=-3), "3 h ago"),
        (timedelta(days=-1, hours=-1), "yesterday"),
        (timedelta(days=-3), "3 days ago"),
        (timedelta(days=-30), "21 Oct"),
        (timedelta(days=-400), "16 Oct 2025"),
        (timedelta(seconds=20), "in a moment"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(hours=2), "in 2 h"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=6), "in 6 days"),
        (timedelta(days=20), "10 Dec"),
    ],
)
def test_a_moment_is_relative_near_now_and_exact_on_hover(
    app: Flask, away: timedelta, written: str
) -> None:
    with app.test_request_context(), clock.freeze(NOW):
        element = formats.ago(NOW + away)
    assert element.endswith(f">{written}</time>")
    assert f'datetime="{(NOW + away).isoformat()}"' in element
    assert "title=" in element


def test_no_moment_is_a_dash() -> None:
    assert formats.ago(None) == formats.day(None) == "–"


def test_a_date_is_written_with_its_year(app: Flask) -> None:
    with app.test_request_context():
        assert formats.day(NOW).endswith(">20 Nov 2026</time>")


@pytest.mark.parametrize(
    ("name", "written"),
    [("Amara Okafor", "AO"), ("Jun", "J"), ("Ana de la Cruz", "AC"), ("  ", "?"), ("łukasz", "Ł")],
)
def test_initials_are_of_the_first_and_the_last_name(name: str, written: str) -> None:
    assert formats.initials(name) == written


def test_a_name_keeps_its_tint() -> None:
    assert formats.tint("Amara Okafor") == formats.tint("Amara Okafor")
    assert {formats.tint(f"Person {number}") for number in range(40)} == {0, 1, 2, 3}
