"""Going back to an older version: a copy under the next number, on the one path of publishing."""

import pytest
from sqlalchemy import func, select

from app.blueprints.builder import services
from app.blueprints.builder.errors import StaleHistory
from app.blueprints.builder.models import Audience, Publication, PublicationState
from app.blueprints.builder.queries import list_versions, revert_preview
from app.blueprints.courses.models import Course, CourseVersion, Lesson
from app.blueprints.courses.queries import (
    find_working_version,
    get_course,
    get_published_version,
    outline,
)
from app.blueprints.courses.services import delete_course, restore_course
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Forbidden, NotFound
from app.core.outbox.models import OutboxEntry
from tests.builder.steps import add_lesson, ask_back, go_back, keys_of, publish, working, write
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases
from tests.support.sql import count_sql

pytestmark = [pytest.mark.usefixtures("app"), both_databases]


@pytest.fixture
def admin() -> Actor:
    return actor_for(make_user("Ines Cole", roles=["admin"]))


@pytest.fixture
def twice(author: Actor, admin: Actor, course: Course) -> Course:
    """A course in its second version: clay was added, sand rewritten."""
    sand = add_lesson(author, course, "Sand")
    write(author, course, sand, "<p>First.</p>")
    publish(admin, course, note="  The beginning. ")
    write(author, course, sand, "<p>Second.</p>")
    write(author, course, add_lesson(author, course, "Clay"))
    publish(admin, course)
    return course


def current(course: Course) -> CourseVersion:
    version_id = get_course(course.id).current_version_id
    assert version_id is not None
    return db.session.get_one(CourseVersion, version_id)


def faces(version: CourseVersion) -> object:
    return outline(version).modules


def test_a_copy_of_the_older_version_is_published_under_the_next_number(
    admin: Actor, twice: Course
) -> None:
    first = get_published_version(twice.id, 1)
    publication = go_back(admin, twice, 1, note="Clay was wrong.")
    now = current(twice)
    assert publication.state is PublicationState.DONE
    assert (publication.version_id, publication.source_id) == (now.id, first.id)
    assert (now.number, now.note, now.published_by_id) == (3, "Clay was wrong.", admin.id)
    assert faces(now) == faces(first)
    assert [(line.version.number, line.copy_of) for line in list_versions(twice).items] == [
        (3, 1),
        (2, None),
        (1, None),
    ]
    assert first.note == "The beginning."
    assert find_working_version(twice.id) is None


def test_a_draft_that_somebody_writes_stays_as_it_is(
    author: Actor, admin: Actor, twice: Course
) -> None:
    sand, clay = keys_of(twice)[0][1]
    write(author, twice, sand, "<p>Third, unfinished.</p>")
    draft = working(twice)
    before, revision = faces(draft), draft.revision
    publication = ask_back(admin, twice, 1)
    write(author, twice, clay, "<p>Written while the worker had not begun.</p>")
    with writing():
        services.run_publication(publication.id)
    assert db.session.get_one(Publication, publication.id).state is PublicationState.DONE
    kept = working(twice)
    assert (kept.id, kept.number, kept.revision) == (draft.id, None, revision + 1)
    assert faces(kept) != before
    publish(admin, twice)
    assert current(twice).number == 4
    assert [lesson.title for lesson in outline(current(twice)).lessons.values()] == ["Sand", "Clay"]


def test_marks_never_fall(author: Actor, admin: Actor, twice: Course) -> None:
    sand, clay = keys_of(twice)[0][1]
    write(author, twice, sand, "<p>Third.</p>")
    publish(admin, twice, redo_keys=[sand])
    go_back(admin, twice, 1)
    go_back(admin, twice, 2, redo_keys=[clay])
    go_back(admin, twice, 3)
    marks = db.session.execute(
        select(CourseVersion.number, Lesson.key, Lesson.redo_since)
        .join(Lesson, Lesson.version_id == CourseVersion.id)
        .where(Lesson.redo_since.is_not(None))
        .order_by(CourseVersion.number, Lesson.redo_since)
    ).all()
    assert [tuple(row) for row in marks] == [
        (3, sand, 3),
        (4, sand, 3),
        (5, sand, 3),
        (5, clay, 5),
        (6, sand, 3),
        (6, clay, 5),
    ]


def test_two_tabs_ask_for_one_copy(admin: Actor, twice: Course) -> None:
    first, second = ask_back(admin, twice, 1), ask_back(admin, twice, 1)
    entries = select(func.count(OutboxEntry.id)).filter_by(event_name="PublicationRequested")
    assert first.id == second.id
    assert db.session.execute(entries).scalar_one() == 3
    for _ in range(2):
        with writing():
            services.run_publication(first.id)
    assert current(twice).number == 3


def test_what_was_published_meanwhile_makes_it_stale(
    author: Actor, admin: Actor, twice: Course
) -> None:
    waiting, another = ask_back(admin, twice, 1), ask_back(admin, twice, 2)
    for publication in (another, waiting):
        with writing():
            services.run_publication(publication.id)
    assert db.session.get_one(Publication, waiting.id).state is PublicationState.STALE
    assert current(twice).number == 3
    with pytest.raises(StaleHistory):
        ask_back(admin, twice, 1, becomes=3)


def test_a_publication_whose_number_is_taken_is_stale(
    author: Actor, admin: Actor, twice: Course
) -> None:
    write(author, twice, keys_of(twice)[0][1][0], "<p>Third.</p>")
    with writing():
        waiting = services.request_publication(
            admin, course_id=twice.id, revision=working(twice).revision
        )
    go_back(admin, twice, 1)
    with writing():
        services.run_publication(waiting.id)
    assert db.session.get_one(Publication, waiting.id).state is PublicationState.STALE


def test_only_those_who_may_publish_go_back(author: Actor, twice: Course) -> None:
    with pytest.raises(Forbidden):
        ask_back(author, twice, 1)


@pytest.mark.parametrize("number", [0, 3, 10**9])
def test_there_is_nothing_to_go_back_to(admin: Actor, twice: Course, number: int) -> None:
    with pytest.raises(NotFound):
        ask_back(admin, twice, number)


def test_the_preview_of_going_back_is_told_before(admin: Actor, twice: Course) -> None:
    sand, clay = keys_of(twice)[0][1]
    preview = revert_preview(get_course(twice.id), 1)
    assert preview.difference is not None
    assert (preview.number, preview.has_changes) == (3, True)
    assert [one.key for one in preview.difference.removed] == [clay]
    assert [one.key for one in preview.difference.rewritten] == [sand]


def test_statements_do_not_grow_with_lessons(author: Actor, admin: Actor, twice: Course) -> None:
    counted = []
    for more in (0, 30):
        for number in range(more):
            write(author, twice, add_lesson(author, twice, f"Lesson {number}"))
        write(author, twice, add_lesson(author, twice, "One more"))
        publish(admin, twice)
        publication = ask_back(admin, twice, current(twice).number or 0)
        with writing(), count_sql() as sent:
            services.run_publication(publication.id)
        counted.append(len(sent))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("back", [True, False])
def test_a_course_deleted_meanwhile_ends_the_publication(
    author: Actor, admin: Actor, twice: Course, back: bool
) -> None:
    if back:
        publication = ask_back(admin, twice, 1, audience=Audience.NEW_LEARNERS)
    else:
        write(author, twice, keys_of(twice)[0][1][0], "<p>Third.</p>")
        with writing():
            publication = services.request_publication(
                admin, course_id=twice.id, revision=working(twice).revision
            )
    with writing():
        delete_course(author, course_id=twice.id)
    with writing():
        services.run_publication(publication.id)
    ended = db.session.get_one(Publication, publication.id)
    assert (ended.state, ended.refusal) == (PublicationState.REFUSED, "deleted")
    with writing():
        restore_course(admin, course_id=twice.id)
    assert current(twice).number == 2
