"""What the catalogue is asked for, and what is said of seats."""

import pytest

from app.blueprints.courses.models import EnrollmentType
from app.blueprints.courses.rules.catalogue import FREE, Choice, Facet, Sort, Wanted
from app.blueprints.courses.rules.facets import Group, Tally
from app.blueprints.courses.rules.seats import Seats, SeatState, seats_of

OPEN, APPROVAL, RESTRICTED = EnrollmentType
BEGINNER = Choice(Facet.LEVEL, "beginner")


def subject(slug: str) -> Choice:
    """The subject of that slug, chosen."""
    return Choice(Facet.SUBJECT, slug)


@pytest.mark.parametrize(
    ("wanted", "query"),
    [
        (Wanted(), ""),
        (Wanted(sort=Sort.NEWEST), ""),
        (Wanted(sort=Sort.RELEVANCE), ""),
        (Wanted("a&b", sort=Sort.RELEVANCE), "q=a%26b"),
        (Wanted("ü", sort=Sort.NEWEST), "q=%C3%BC&sort=newest"),
        (Wanted(chosen=(subject("a"), subject("b")), page=2), "subject=a&subject=b&page=2"),
        (
            Wanted(chosen=(Choice(Facet.LEVEL, "advanced"),), sort=Sort.TITLE),
            "level=advanced&sort=title",
        ),
        (
            Wanted(chosen=(Choice(Facet.SEATS, FREE), Choice(Facet.TAG, "ü"))),
            "seats=free&tag=%C3%BC",
        ),
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
    wanted = Wanted("x", page=3).toggle(subject("b")).toggle(subject("a"))
    assert (wanted.values(Facet.SUBJECT), wanted.page, wanted.text) == (("a", "b"), 1, "x")
    assert wanted.toggle(subject("a")).chosen == (subject("b"),)
    level = wanted.toggle(BEGINNER)
    assert level.chosen == (subject("a"), subject("b"), BEGINNER)
    assert level.toggle(BEGINNER) == level.without(Facet.LEVEL) == wanted
    assert level.without_facets() == Wanted("x")


def group(number: int, **values: str) -> Group:
    """So many beginners' courses without anything else, but for `values`."""
    named = {Facet(name): value for name, value in values.items()}
    return Group({**dict.fromkeys(Facet), Facet.LEVEL: "beginner", **named}, number)


def numbers(tally: Tally, facet: Facet) -> dict[str, int]:
    """What is said to choose of `facet`, with its numbers."""
    return {offer.choice.value: offer.number for offer in tally.facets().of(facet)}


def test_a_facet_counts_under_what_is_chosen_of_the_others() -> None:
    tally = Tally(Wanted(chosen=(subject("a"), BEGINNER)))
    for one in (
        group(1, subject="a"),
        group(2, subject="b"),
        group(4, subject="a", level="advanced"),
        group(8, subject="b", level="advanced"),
    ):
        tally.add(one)
    assert numbers(tally, Facet.SUBJECT) == {"a": 1, "b": 2}
    assert numbers(tally, Facet.LEVEL) == {"beginner": 1, "advanced": 4}
    assert tally.facets().total == 1
    assert dict(tally.facets().without) == {Facet.SUBJECT: 3, Facet.LEVEL: 5}


def test_what_is_chosen_can_be_let_go_where_no_course_has_it() -> None:
    tally = Tally(Wanted(chosen=(subject("gone"), Choice(Facet.TAG, "loops"))))
    assert [offer.choice.value for offer in tally.facets().offers if offer.is_chosen] == [
        "gone",
        "loops",
    ]
    assert [number for _, number in tally.facets().without] == [0, 0]


@pytest.mark.parametrize(
    ("kind", "capacity", "taken", "seats"),
    [
        (OPEN, None, 500, Seats(SeatState.OPEN, None)),
        (OPEN, 20, 14, Seats(SeatState.OPEN, 6)),
        (OPEN, 20, 15, Seats(SeatState.FEW_LEFT, 5)),
        (OPEN, 20, 20, Seats(SeatState.WAITLIST, 0)),
        (OPEN, 20, 21, Seats(SeatState.WAITLIST, 0)),
        (APPROVAL, 20, 19, Seats(SeatState.BY_APPROVAL, 1)),
        (APPROVAL, 20, 20, Seats(SeatState.WAITLIST, 0)),
        (RESTRICTED, None, 0, Seats(SeatState.BY_INVITATION, None)),
    ],
)
def test_seats(kind: EnrollmentType, capacity: int | None, taken: int, seats: Seats) -> None:
    assert seats_of(kind, capacity, taken, has_waitlist=True) == seats


def test_full_is_full_where_nobody_waits() -> None:
    assert seats_of(OPEN, 20, 20, has_waitlist=False) == Seats(SeatState.FULL, 0)
    assert seats_of(OPEN, 20, 19, has_waitlist=False) == Seats(SeatState.FEW_LEFT, 1)
