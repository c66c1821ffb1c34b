"""What the catalogue is asked for, and what is said of seats."""

import pytest

from app.blueprints.courses.models import Difficulty, EnrollmentType
from app.blueprints.courses.rules.catalogue import Sort, Wanted
from app.blueprints.courses.rules.seats import Seats, SeatState, seats_of

OPEN, APPROVAL, RESTRICTED = EnrollmentType


@pytest.mark.parametrize(
    ("wanted", "query"),
    [
        (Wanted(), ""),
        (Wanted(sort=Sort.NEWEST), ""),
        (Wanted(sort=Sort.RELEVANCE), ""),
        (Wanted("a&b", sort=Sort.RELEVANCE), "q=a%26b"),
        (Wanted("ü", sort=Sort.NEWEST), "q=%C3%BC&sort=newest"),
        (Wanted(subjects=("a", "b"), page=2), "subject=a&subject=b&page=2"),
        (Wanted(levels=(Difficulty.ADVANCED,), sort=Sort.TITLE), "level=advanced&sort=title"),
    ],
)
def test_a_wish_has_one_address(wanted: Wanted, query: str) -> None:
    assert wanted.query == query


def test_the_best_found_comes_first_unless_somebody_chose() -> None:
    assert Wanted().order is Wanted(sort=Sort.RELEVANCE).order is Sort.NEWEST
    assert Wanted("loops").order is Sort.RELEVANCE
    assert Wanted("loops", sort=Sort.NEWEST).order is Sort.NEWEST
    assert Sort.RELEVANCE not in Wanted().orders


def test_a_facet_is_chosen_and_let_go_from_the_first_page() -> None:
    wanted = Wanted("x", page=3).toggle_subject("b").toggle_subject("a")
    assert (wanted.subjects, wanted.page, wanted.text) == (("a", "b"), 1, "x")
    assert wanted.toggle_subject("a").subjects == ("b",)
    level = wanted.toggle_level(Difficulty.BEGINNER)
    assert level.levels == (Difficulty.BEGINNER,)
    assert level.toggle_level(Difficulty.BEGINNER) == wanted
    assert level.without_facets() == Wanted("x")


@pytest.mark.parametrize(
    ("kind", "capacity", "taken", "seats"),
    [
        (OPEN, None, 500, Seats(SeatState.OPEN, None)),
        (OPEN, 20, 14, Seats(SeatState.OPEN, 6)),
        (OPEN, 20, 15, Seats(SeatState.FEW_LEFT, 5)),
        (OPEN, 20, 20, Seats(SeatState.FULL, 0)),
        (OPEN, 20, 21, Seats(SeatState.FULL, 0)),
        (APPROVAL, 20, 19, Seats(SeatState.BY_APPROVAL, 1)),
        (APPROVAL, 20, 20, Seats(SeatState.FULL, 0)),
        (RESTRICTED, None, 0, Seats(SeatState.BY_INVITATION, None)),
    ],
)
def test_seats(kind: EnrollmentType, capacity: int | None, taken: int, seats: Seats) -> None:
    assert seats_of(kind, capacity, taken) == seats
