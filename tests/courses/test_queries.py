"""Reads of the catalogue and the course page: what is in them, in how many statements."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.datastructures import MultiDict

from app.blueprints.courses import queries
from app.blueprints.courses.forms import read_wanted
from app.blueprints.courses.models import (
    Course,
    CourseRole,
    CourseStatus,
    CourseTag,
    Difficulty,
    EnrollmentType,
    SeatPool,
    Subject,
)
from app.blueprints.courses.rules.catalogue import Facet, Sort, Wanted
from app.blueprints.courses.services.placing import ensure_tags
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
    assert queries.catalogue_state()[1:] == (1, 1)


@pytest.fixture
def school(app: Flask) -> None:
    computing, health = make_subject("Computing"), make_subject("Health")
    loops = make_course("Loops", subject=computing, lessons=1, capacity=1, taken=1)
    make_course(
        "Arrays", subject=computing, lessons=40, difficulty=Difficulty.ADVANCED, language="de"
    )
    wounds = make_course("Wounds", subject=health, lessons=130, text="No loops here.")
    make_course("Staff", lessons=3, enrollment_type=EnrollmentType.RESTRICTED)
    with writing():
        tags = ensure_tags({"first-steps": "First steps", "python": "Python"})
        for course, tag in ((loops, tags[0]), (loops, tags[1]), (wounds, tags[0])):
            db.session.add(CourseTag(course_id=course.id, tag_id=tag))


def chosen(query: str) -> Wanted:
    """What an address of this query asks for."""
    return read_wanted(MultiDict(parse_qsl(query)))


FOUND = {
    "subject=computing": ["Arrays", "Loops"],
    "subject=computing&subject=health": ["Wounds", "Arrays", "Loops"],
    "level=beginner": ["Staff", "Wounds", "Loops"],
    "level=beginner&subject=computing": ["Loops"],
    "subject=nothing": [],
    "length=short": ["Staff", "Loops"],
    "length=medium&length=long": ["Wounds", "Arrays"],
    "seats=free": ["Wounds", "Arrays"],
    "language=de": ["Arrays"],
    "tag=first-steps": ["Wounds", "Loops"],
    "tag=python&tag=first-steps": ["Wounds", "Loops"],
    "tag=first-steps&seats=free": ["Wounds"],
    "tag=python&language=de": [],
    "level=nonsense&seats=none&length=": ["Staff", "Wounds", "Arrays", "Loops"],
}


@both_databases
def test_facets_narrow_and_combine(school: None) -> None:
    for query, expected in FOUND.items():
        found = queries.catalogue(chosen(query))
        assert ([row.title for row in found.page.items], query) == (expected, query)
        assert (found.facets.total, query) == (len(expected), query)


@both_databases
def test_a_facet_counts_under_what_is_chosen_of_the_others(school: None) -> None:
    def counted(query: str, facet: Facet) -> dict[str, int]:
        offers = queries.catalogue(chosen(query)).facets.of(facet)
        return {offer.name: offer.number for offer in offers}

    assert counted("level=beginner", Facet.SUBJECT) == {"Computing": 1, "Health": 1}
    assert counted("level=beginner", Facet.LEVEL) == {"beginner": 3, "advanced": 1}
    assert counted("tag=python", Facet.TAG) == {"First steps": 2, "Python": 1}
    assert counted("seats=free", Facet.TAG) == {"First steps": 1}
    assert counted("tag=first-steps", Facet.LENGTH) == {"short": 1, "long": 1}
    assert counted("tag=python&language=de", Facet.LANGUAGE) == {"de": 0, "en": 1}
    without = queries.catalogue(chosen("tag=python&language=de")).facets.without
    assert dict(without) == {Facet.LANGUAGE: 1, Facet.TAG: 1}


@both_databases
def test_orders(school: None) -> None:
    assert titles(sort=Sort.TITLE) == ["Arrays", "Loops", "Staff", "Wounds"]
    assert titles(sort=Sort.SHORTEST) == ["Loops", "Staff", "Arrays", "Wounds"]
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
    for wanted in (
        Wanted(),
        Wanted(text="course"),
        chosen("subject=computing&tag=x&seats=free&length=short&language=en&level=beginner"),
    ):
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
