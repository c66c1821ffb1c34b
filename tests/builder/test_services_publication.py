"""Publication: what learners see changes at once, whole, and only by this."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.blueprints.builder import services
from app.blueprints.builder.errors import NotReady, StaleBoard, StaleText
from app.blueprints.builder.models import (
    Publication,
    PublicationState,
    ReviewRequest,
    ReviewState,
)
from app.blueprints.builder.queries import lesson_editor, list_versions, publication_preview
from app.blueprints.builder.rules.texts import AddBlock, SaveBlock
from app.blueprints.courses.models import (
    Course,
    CourseStatus,
    CourseStatusChange,
    CourseVersion,
    Lesson,
    LessonBody,
)
from app.blueprints.courses.queries import find_working_version, get_course, outline
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Forbidden
from app.core.outbox.models import OutboxEntry
from tests.builder.steps import add_lesson, keys_of, publish, working, write
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases

pytestmark = [pytest.mark.usefixtures("app"), both_databases]


@pytest.fixture
def approver() -> Actor:
    return actor_for(make_user("Ines Cole", roles=["approver"]))


def ready(author: Actor, course: Course) -> str:
    key = add_lesson(author, course, "Sand")
    write(author, course, key)
    return key


def test_the_first_publication_numbers_and_shows_the_version(
    author: Actor, approver: Actor, course: Course
) -> None:
    ready(author, course)
    publish(approver, course)
    shown = get_course(course.id)
    version = db.session.get(CourseVersion, shown.current_version_id)
    assert version is not None
    assert (version.number, shown.status) == (1, CourseStatus.PUBLISHED)
    assert (shown.lesson_count, shown.minutes) == (1, 1)
    steps = db.session.execute(select(CourseStatusChange.to_status)).scalars().all()
    assert steps == [CourseStatus.REVIEW, CourseStatus.PUBLISHED]


def test_a_published_version_never_changes_again(
    author: Actor, approver: Actor, course: Course
) -> None:
    key = ready(author, course)
    publish(approver, course)
    first = working(course)
    before = outline(first)
    write(author, course, key, "<p>More.</p>")
    with writing():
        services.edit_lesson(author, course_id=course.id, key=key, revision=1, title="Sands")
    assert outline(db.session.get_one(CourseVersion, first.id)) == before
    assert find_working_version(course.id) is not None


def test_equal_texts_are_stored_once(author: Actor, approver: Actor, course: Course) -> None:
    for title in ("Sand", "Clay"):
        key = add_lesson(author, course, title)
        change = AddBlock({"key": "a" * 12, "type": "text", "html": "<p>The same.</p>"})
        prepared = services.prepare_text(author, course_id=course.id, lesson=key, change=change)
        with writing():
            services.save_text(author, prepared)
    publish(approver, course)
    assert db.session.execute(select(func.count(LessonBody.id))).scalar_one() == 1
    assert db.session.execute(select(func.count(Lesson.body_id))).scalar_one() == 2


def test_an_edit_after_the_request_makes_it_stale(
    author: Actor, approver: Actor, course: Course
) -> None:
    key = ready(author, course)
    with writing():
        publication = services.request_publication(
            approver, course_id=course.id, revision=working(course).revision
        )
    write(author, course, key, "<p>Later.</p>")
    with writing():
        services.run_publication(publication.id)
    assert db.session.get_one(Publication, publication.id).state is PublicationState.STALE
    assert get_course(course.id).current_version_id is None


def test_running_twice_acts_once(author: Actor, approver: Actor, course: Course) -> None:
    ready(author, course)
    publication = publish(approver, course)
    with writing():
        services.run_publication(publication.id)
    assert list_versions(get_course(course.id)).total == 1


def test_asking_twice_gives_one_publication_and_one_job(
    author: Actor, approver: Actor, course: Course
) -> None:
    ready(author, course)
    revision = working(course).revision
    ids = set()
    for _ in range(2):
        with writing():
            publication = services.request_publication(
                approver, course_id=course.id, revision=revision
            )
            ids.add(publication.id)
    entries = select(func.count(OutboxEntry.id)).filter_by(event_name="PublicationRequested")
    assert len(ids) == db.session.execute(entries).scalar_one() == 1


def test_what_is_not_ready_is_refused_with_the_list(
    author: Actor, approver: Actor, course: Course
) -> None:
    add_lesson(author, course, "Sand")
    with pytest.raises(NotReady) as refused, writing():
        services.request_publication(
            approver, course_id=course.id, revision=working(course).revision
        )
    assert [problem.code for problem in refused.value.problems] == ["empty"]


def test_a_contributor_without_the_tier_submits_instead(author: Actor, course: Course) -> None:
    ready(author, course)
    with pytest.raises(Forbidden), writing():
        services.request_publication(author, course_id=course.id, revision=working(course).revision)
    with writing():
        services.submit_for_review(
            author, course_id=course.id, revision=working(course).revision, note="Please look."
        )
    assert get_course(course.id).status is CourseStatus.REVIEW


def test_approval_publishes_and_sending_back_says_why(
    author: Actor, approver: Actor, course: Course
) -> None:
    ready(author, course)
    with writing():
        request = services.submit_for_review(
            author, course_id=course.id, revision=working(course).revision
        )
    with writing():
        services.send_back(approver, request_id=request.id, reason="Add a picture.")
    assert get_course(course.id).status is CourseStatus.DRAFT
    with writing():
        request = services.submit_for_review(
            author, course_id=course.id, revision=working(course).revision
        )
    with writing():
        publication = services.approve(approver, request_id=request.id)
    with writing():
        services.run_publication(publication.id)
    assert get_course(course.id).status is CourseStatus.PUBLISHED
    assert db.session.get_one(ReviewRequest, request.id).state is ReviewState.APPROVED


def test_approving_after_a_later_edit_is_refused(
    author: Actor, approver: Actor, course: Course
) -> None:
    key = ready(author, course)
    with writing():
        request = services.submit_for_review(
            author, course_id=course.id, revision=working(course).revision
        )
    write(author, course, key, "<p>Later.</p>")
    with pytest.raises(StaleBoard), writing():
        services.approve(approver, request_id=request.id)


def test_the_preview_tells_what_changed_by_key(
    author: Actor, approver: Actor, course: Course
) -> None:
    sand = ready(author, course)
    clay = add_lesson(author, course, "Clay")
    write(author, course, clay)
    publish(approver, course)
    module = keys_of(course)[0][0]
    with writing():
        services.move_lesson(author, course_id=course.id, key=clay, module=module, after=None)
    with writing():
        services.edit_lesson(author, course_id=course.id, key=sand, revision=1, title="Sands")
    silt = add_lesson(author, course, "Silt")
    write(author, course, clay, "<p>Again.</p>")
    difference = publication_preview(get_course(course.id)).difference
    assert difference is not None
    found = {
        name: [c.key for c in getattr(difference, name)]
        for name in ("added", "removed", "retitled", "rewritten")
    }
    assert found == {"added": [silt], "removed": [], "retitled": [sand], "rewritten": [clay]}
    assert len(difference.moved) == 1


def test_a_text_that_somebody_rewrote_is_not_overwritten(author: Actor, course: Course) -> None:
    lesson = ready(author, course)
    shown = lesson_editor(get_course(course.id), lesson).blocks[0]

    def save(html: str) -> None:
        change = SaveBlock({"key": shown.key, "type": "text", "html": html}, shown.base)
        prepared = services.prepare_text(author, course_id=course.id, lesson=lesson, change=change)
        with writing():
            services.save_text(author, prepared)

    save("<p>Theirs.</p>")
    with pytest.raises(StaleText) as refused:
        save("<p>Mine.</p>")
    assert refused.value.current is not None
    assert refused.value.current["html"] == "<p>Theirs.</p>"
    assert refused.value.mine["html"] == "<p>Mine.</p>"


def test_a_text_that_the_board_does_not_show_leaves_its_revision(
    author: Actor, course: Course
) -> None:
    lesson = ready(author, course)
    before = working(course)
    with clock.freeze(datetime.now(UTC) + timedelta(hours=1)):
        write(author, course, lesson, "<p>An hour later.</p>")
    after = working(course)
    assert after.sequence == before.sequence + 1
    assert after.board_revision == before.board_revision
