"""Reads of the catalogue and the course page: what is in them, in how many statements."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.blueprints.courses import queries
from app.blueprints.courses.models import (
    Course,
    CourseRole,
    CourseStatus,
    Difficulty,
    SeatPool,
    Subject,
)
from app.blueprints.courses.rules.catalogue import Sort, Wanted
from app.core import clock
from app.core.db import db, writing
from tests.factories.accounts import make_user
from tests.factories.courses import make_course, make_subject
from tests.support import both_databases
from tests.support.sql import count_sql


def titles(**wanted: Any) -> list[str]:
    """The titles that the catalogue shows, in order."""
    return [row.title for row in queries.catalogue(Wanted(**wanted)).page.items]


def test_only_what_everybody_may_see_is_listed(app: Flask) -> None:
    make_course("Open to all")
    make_course("Draft", published=False)
    make_course("Unlisted", is_public=False)
    make_course("Deleted", deleted_at=clock.now())
    over = make_course("Over")
    with writing():
        db.session.get_one(Course, over.id).status = CourseStatus.ARCHIVED
    assert titles() == ["Open to all"]
    assert titles(text="draft") == titles(text="unlisted") == titles(text="over") == []
    assert queries.school_size() == (1, 1)


@pytest.fixture
def school(app: Flask) -> None:
    computing, health = make_subject("Computing"), make_subject("Health")
    make_course("Loops", subject=computing, lessons=1)
    make_course("Arrays", subject=computing, lessons=9, difficulty=Difficulty.ADVANCED)
    make_course("Wounds", subject=health, lessons=3, text="No loops here.")


@both_databases
def test_facets_narrow_and_combine(school: None) -> None:
    assert titles(subjects=("computing",)) == ["Arrays", "Loops"]
    assert titles(subjects=("computing", "health")) == ["Wounds", "Arrays", "Loops"]
    assert titles(levels=(Difficulty.BEGINNER,)) == ["Wounds", "Loops"]
    assert titles(subjects=("computing",), levels=(Difficulty.BEGINNER,)) == ["Loops"]
    assert titles(subjects=("nothing",)) == []


@both_databases
def test_a_facet_counts_under_what_is_chosen_of_the_other(school: None) -> None:
    facets = queries.catalogue(Wanted(levels=(Difficulty.BEGINNER,))).facets
    assert [(name, number) for _, name, number in facets.subjects] == [
        ("Computing", 1),
        ("Health", 1),
    ]
    assert dict(facets.levels) == {
        Difficulty.BEGINNER: 2,
        Difficulty.INTERMEDIATE: 0,
        Difficulty.ADVANCED: 1,
    }
    assert facets.total == 2


@both_databases
def test_orders(school: None) -> None:
    assert titles(sort=Sort.TITLE) == ["Arrays", "Loops", "Wounds"]
    assert titles(sort=Sort.SHORTEST) == ["Loops", "Wounds", "Arrays"]
    assert titles(text="loops") == ["Loops", "Wounds"]
    assert titles(text="loops", sort=Sort.NEWEST) == ["Wounds", "Loops"]


def test_a_page_after_the_last_is_the_last(app: Flask) -> None:
    owner = make_user()
    for number in range(26):
        make_course(f"Course {number}", owner=owner)
    assert len(titles()) == 25
    assert titles(page=2) == titles(page=999) == ["Course 0"]


@pytest.mark.parametrize("courses", [25, 250])
@both_databases
def test_the_catalogue_is_two_statements_however_many_courses(app: Flask, courses: int) -> None:
    owner = make_user()
    with writing():
        for number in range(courses):
            make_course(f"Course {number}", owner=owner, lessons=1)
    for wanted in (Wanted(), Wanted(text="course"), Wanted(subjects=("computing",))):
        with count_sql(at_most=2):
            queries.catalogue(wanted)


@pytest.mark.parametrize("lessons", [10, 200])
@both_databases
def test_a_course_page_is_four_statements_however_many_lessons(app: Flask, lessons: int) -> None:
    helpers = [(make_user(), CourseRole.ASSISTANT) for _ in range(lessons // 10)]
    slug = make_course(lessons=lessons // 2, modules=2, people=helpers).slug
    db.session.close()
    with count_sql(at_most=4):
        course = queries.find_course(slug)
        assert course is not None
        shown = queries.course_page(course)
    assert len(shown.outline.lessons) == lessons
    assert shown.minutes == lessons * 5
    assert shown.teachers[0].startswith("Owner")


def test_the_working_version_is_shown_before_publication(app: Flask) -> None:
    course = make_course("Draft", published=False, overview="One.\n\n Two.\r\n\r\nThree.")
    shown = queries.course_page(course)
    assert shown.version.is_working
    assert shown.paragraphs == ["One.", "Two.", "Three."]


CHANGES: dict[str, Callable[[int], Any]] = {
    "a seat": lambda _: update(SeatPool).values(taken=SeatPool.taken + 1),
    "the capacity": lambda _: update(SeatPool).values(capacity=50),
    "its publication": lambda _: update(Course).values(current_version_id=None),
    "its facts": lambda _: update(Course).values(minutes=7),
    "its subject's name": lambda _: update(Subject).values(name="Music"),
}


@pytest.mark.parametrize("changed", CHANGES)
@both_databases
def test_a_stamp_changes_with_everything_that_is_shown(app: Flask, changed: str) -> None:
    course = make_course(capacity=20, subject=make_subject())
    before = queries.catalogue_stamp(), queries.course_stamp(course.slug)
    with writing():
        db.session.execute(CHANGES[changed](course.id))
    after = queries.catalogue_stamp(), queries.course_stamp(course.slug)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_what_is_not_public_has_no_stamp(app: Flask) -> None:
    assert queries.course_stamp(make_course(published=False).slug) is None
    assert queries.course_stamp(make_course(is_public=False).slug) is None
    assert queries.course_stamp("nothing") is None


@both_databases
def test_a_stamp_is_one_statement(app: Flask) -> None:
    slug = make_course().slug
    with count_sql(at_most=1):
        queries.catalogue_stamp()
    with count_sql(at_most=1):
        queries.course_stamp(slug)
