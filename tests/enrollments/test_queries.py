"""Reads of who is in a course: right, and no more statements for more people."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from app.blueprints.courses.models import SeatPool
from app.blueprints.enrollments import queries
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.models import WaitlistEntry
from app.blueprints.enrollments.rules.roster import RosterFilter, goes_by_accounts
from app.core.db import db, writing
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment
from tests.support import both_databases
from tests.support.sql import count_sql

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("people", [3, 30])
def test_a_roster_is_two_statements(people: int) -> None:
    course = make_course()
    for number in range(people):
        make_enrollment(make_user(f"Learner {number:02}"), course)
    db.session.rollback()
    with count_sql(at_most=2):
        page = queries.roster(course.id, RosterFilter())
        names = [row.person.display_name for row in page.items]
    assert page.total == people
    assert names == sorted(names)


def test_a_roster_is_searched_and_filtered() -> None:
    course, other = make_course(), make_course()
    make_enrollment(make_user("Ada Okafor", email="ada@school.example"), course)
    make_enrollment(make_user("Ben 100% Idris"), course, S.WITHDRAWN)
    make_enrollment(make_user("Ada Elsewhere"), other)

    def found(**wanted: object) -> list[str]:
        page = queries.roster(course.id, RosterFilter(**wanted))  # type: ignore[arg-type]
        return [row.person.display_name for row in page.items]

    assert found(search="ada") == ["Ada Okafor"]
    assert found(search="SCHOOL.ex") == ["Ada Okafor"]
    assert found(search="100%") == ["Ben 100% Idris"]
    assert found(search="%") == ["Ben 100% Idris"]
    assert found(status=S.WITHDRAWN) == ["Ben 100% Idris"]


def test_counts_are_one_statement_for_any_number_of_courses() -> None:
    courses = [make_course() for _ in range(3)]
    make_enrollment(make_user(), courses[0])
    make_enrollment(make_user(), courses[0], S.COMPLETED)
    with count_sql(at_most=1):
        counted = queries.count_by_status([one.id for one in courses])
    assert counted[courses[0].id] == {S.ENROLLED: 1, S.COMPLETED: 1}
    assert counted[courses[1].id] == {}


@pytest.mark.parametrize(
    ("status", "expected"),
    [(S.ENROLLED, True), (S.COMPLETED, True), (S.WITHDRAWN, False), (S.PENDING, False)],
)
def test_members_are_those_who_take_part(status: S, expected: bool) -> None:
    user, course = make_user(), make_course()
    make_enrollment(user, course, status)
    assert queries.is_member(user.id, course.id) is expected


def test_a_pool_that_lies_is_found() -> None:
    course = make_course("Soil", capacity=5)
    make_enrollment(make_user(), course)
    assert queries.wrong_pools() == []
    with writing():
        db.session.execute(update(SeatPool).values(taken=3))
    [(_pool, slug, _cohort, said, held)] = queries.wrong_pools()
    assert (slug, said, held) == (course.slug, 3, 1)


@pytest.mark.parametrize("is_descending", [False, True])
@both_databases
def test_a_large_roster_is_in_the_same_order(is_descending: bool) -> None:
    course, other = make_course(), make_course()
    for number in range(40):
        make_enrollment(make_user(f"{'lL'[number % 2]}earner {number % 7}"), course)
    make_enrollment(make_user("Learner 2"), other)
    with writing():
        for ticket, name in enumerate(("A first one", "Zoe Last"), 1):
            waits = {"course_id": course.id, "user_id": make_user(name).id, "ticket": ticket}
            db.session.add(WaitlistEntry(**waits))
    wanted = RosterFilter(is_descending=is_descending)
    pages = [queries.roster(course.id, replace(wanted, page=n), size=4) for n in range(1, 12)]
    rows = [row for page in pages for row in page.items]
    listed = [(row.person.display_name.lower(), row.person.id) for row in rows]
    by_account = sorted(listed, key=lambda one: one[1])
    assert listed == sorted(by_account, key=lambda one: one[0], reverse=is_descending)
    assert (len(set(listed)), pages[0].total, pages[0].enrolled) == (42, 42, 40)
    assert goes_by_accounts(wanted, 4, people=42, accounts=46)
    assert not goes_by_accounts(wanted, 44, people=42, accounts=46)
