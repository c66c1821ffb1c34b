"""Readiness with a database: what is stored with texts, what is gone, what learners are told."""

import pytest
from sqlalchemy import select, update

from app.blueprints.builder import services
from app.blueprints.builder.models import Publication, PublicationState
from app.blueprints.builder.queries import version_readiness
from app.blueprints.builder.rules.texts import AddBlock
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import (
    Asset,
    Course,
    CoursePrerequisite,
    CourseStatus,
    CourseVersion,
    LessonBody,
    LessonDraft,
)
from app.blueprints.courses.queries import get_course
from app.blueprints.courses.rules.accessibility import Accessibility
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.pages import base
from tests.builder.steps import add_lesson, publish, working, write
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_asset, make_course
from tests.support import both_databases
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql

pytestmark = both_databases


@pytest.fixture
def approver() -> Actor:
    return actor_for(make_user("Ines Cole", roles=["approver"]))


def add(author: Actor, course: Course, lesson: str, **fields: object) -> str:
    """Add a block to a lesson; return its key."""
    block = {"key": new_key(), **fields}
    prepared = services.prepare_text(
        author, course_id=course.id, lesson=lesson, change=AddBlock(block)
    )
    with writing():
        services.save_text(author, prepared)
    return str(block["key"])


def must(course: Course) -> list[tuple[str, str]]:
    """What must be fixed: each rule and the block."""
    found = version_readiness(get_course(course.id), working(course))
    return [(problem.code, problem.block) for problem in found.must]


def test_what_is_found_is_stored_with_the_text(author: Actor, course: Course) -> None:
    lesson = add_lesson(author, course, "Sand")
    write(author, course, lesson)
    block = add(author, course, lesson, type="image", asset=make_asset(course).public_id)
    assert must(course) == [("image_without_alt", block)]
    draft = db.session.execute(select(LessonDraft)).scalar_one()
    assert draft.facts is not None
    assert (draft.facts["images"], draft.facts["described"]) == (1, 0)


def test_what_is_shown_but_gone_is_found(author: Actor, course: Course) -> None:
    lesson = add_lesson(author, course, "Sand")
    asset = make_asset(course)
    block = add(author, course, lesson, type="image", asset=asset.public_id, alt="Sand")
    assert must(course) == []
    with writing():
        asset.deleted_at = clock.now()
        db.session.add(asset)
    assert must(course) == [("asset_gone", block)]


def test_a_link_to_a_removed_lesson_is_found(author: Actor, course: Course) -> None:
    sand, clay = add_lesson(author, course, "Sand"), add_lesson(author, course, "Clay")
    write(author, course, clay)
    write(author, course, sand, f'<p><a href="/learning/{course.slug}/{clay}">Clay</a></p>')
    assert must(course) == []
    with writing():
        services.remove_lesson(author, course_id=course.id, key=clay)
    assert [code for code, _ in must(course)] == ["lesson_gone"]


def test_what_waits_for_a_removed_lesson_is_found(author: Actor, course: Course) -> None:
    sand, clay = add_lesson(author, course, "Sand"), add_lesson(author, course, "Clay")
    for key in (sand, clay):
        write(author, course, key)
    with writing():
        services.edit_lesson(
            author,
            course_id=course.id,
            key=clay,
            revision=1,
            release={"rule": "after", "key": sand},
        )
    assert must(course) == []
    with writing():
        services.remove_lesson(author, course_id=course.id, key=sand)
    found = version_readiness(get_course(course.id), working(course)).must
    assert [(one.code, one.path) for one in found] == [
        ("release_gone", f"/lessons/{clay}?settings=1")
    ]


def test_a_cover_and_a_course_to_take_first_that_are_gone_are_found(
    author: Actor, course: Course
) -> None:
    lesson, cover = add_lesson(author, course, "Sand"), make_asset(course)
    write(author, course, lesson)
    first, other = make_course("Digging"), make_course("Planting")
    with writing():
        working(course).cover_id = cover.id
        for one in (first, other):
            db.session.add(CoursePrerequisite(course_id=course.id, required_id=one.id))
    assert must(course) == []
    with writing():
        db.session.get_one(Asset, cover.id).deleted_at = clock.now()
        db.session.get_one(Course, first.id).status = CourseStatus.ARCHIVED
        db.session.get_one(Course, other.id).deleted_at = clock.now()
    found = version_readiness(get_course(course.id), working(course))
    assert [one.code for one in found.must] == ["cover_gone"]
    gone = [one.title for one in found.should if one.code == "prerequisite_gone"]
    assert sorted(gone) == ["Digging", "Planting"]


def test_publication_tells_what_the_version_offers(
    author: Actor, approver: Actor, course: Course
) -> None:
    lesson = add_lesson(author, course, "Sand")
    write(author, course, lesson, "<h2>Grains</h2><p><a href='/x'>A map</a></p>")
    add(author, course, lesson, type="image", asset=make_asset(course).public_id, alt="Sand")
    publish(approver, course)
    offered = _offered(course)
    assert [feature.name for feature in offered.features] == [
        "tableOfContents",
        "structuralNavigation",
        "alternativeText",
        "",
        "displayTransformability",
    ]
    write(author, course, lesson)  # the new working version begins with a copy
    assert working(course).accessibility == offered.to_json()


def test_texts_of_before_are_looked_at_when_they_are_published(
    author: Actor, approver: Actor, course: Course
) -> None:
    lesson = add_lesson(author, course, "Sand")
    write(author, course, lesson)
    _forget(LessonDraft)
    publish(approver, course)
    assert _offered(course).lessons == 1
    _forget(LessonBody)
    write(author, course, add_lesson(author, course, "Clay"))
    publish(approver, get_course(course.id))
    assert _offered(course).lessons == 2


def test_what_is_found_only_then_keeps_it_from_being_published(
    author: Actor, approver: Actor, course: Course
) -> None:
    lesson = add_lesson(author, course, "Sand")
    add(author, course, lesson, type="image", asset=make_asset(course).public_id)
    _forget(LessonDraft)
    assert must(course) == []
    publication = db.session.get_one(Publication, publish(approver, course).id)
    assert (publication.state, publication.refusal) == (PublicationState.REFUSED, "problems")
    assert [code for code, _ in must(course)] == ["image_without_alt"]


def test_the_course_page_says_for_whom_it_is(
    client: CheckedClient, author: Actor, approver: Actor, course: Course
) -> None:
    lesson = add_lesson(author, course, "Sand")
    write(author, course, lesson)
    add(author, course, lesson, type="video", asset=make_asset(course).public_id, title="Dig")
    publish(approver, course)
    page = client.get(f"/courses/{course.slug}").text
    assert 'itemprop="accessibilityFeature">tableOfContents<' in page
    assert "0 of 1 films have captions" in page


def test_the_drawer_and_the_badge_follow_each_save(
    desk: CheckedClient, author: Actor, course: Course
) -> None:
    lesson = add_lesson(author, course, "Sand")
    url = f"{base(course)}/lessons/{lesson}"
    assert "1 thing to fix" in desk.get(f"{base(course)}/board").text
    assert "This lesson says nothing yet." in desk.get(f"{url}/readiness", headers=PART).text
    block = add(author, course, lesson, type="image", asset=make_asset(course).public_id)
    with count_sql(at_most=10):
        drawer = desk.get(url, headers=PART).text
    assert f'href="{url}#block-{block}"' in drawer
    with count_sql(at_most=10):
        page = desk.get(url).text
    assert f'href="{url}#block-{block}"' in page
    with count_sql(at_most=10):
        step = desk.get(f"{base(course)}/review").text
    assert f'href="{url}#block-{block}"' in step
    assert f'href="{base(course)}/basics#summary"' in step
    desk.put(f"{url}/blocks/{block}", data={**_base(desk, url), f"alt-{block}": "Sand"})
    assert "Ready · 2 tips" in desk.get(f"{base(course)}/board").text
    assert "#block-" not in desk.get(f"{url}/readiness", headers=PART).text


def _base(desk: CheckedClient, url: str) -> dict[str, str]:
    page = desk.get(url).text
    return {"base": page.split('name="base" value="', 1)[1].split('"', 1)[0]}


def _offered(course: Course) -> Accessibility:
    version = db.session.get_one(CourseVersion, get_course(course.id).current_version_id)
    assert version.accessibility is not None
    return Accessibility.from_json(version.accessibility)


def _forget(table: type[LessonDraft] | type[LessonBody]) -> None:
    """Leave the texts as they were before anything was worked out of them."""
    with writing():
        db.session.execute(update(table).values(facts=None, problems=[]))
    db.session.expire_all()
