"""Review: rounds, what was edited since, comments and who may say them, events."""

import pytest

from app.blueprints.builder import services
from app.blueprints.builder.models import Publication, PublicationState
from app.blueprints.builder.queries import (
    changed_since,
    get_review,
    list_rounds,
    list_status_changes,
    publication_preview,
    review_queue,
    threads_of,
)
from app.blueprints.builder.queries.reviews import Whose
from app.blueprints.builder.rules.fields import Field
from app.blueprints.builder.services import comments, review
from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.courses.queries import get_course
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.builder.reviewing import comment, send_back, state_of, submit
from tests.builder.steps import add_lesson, publish, working, write
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases

pytestmark = both_databases


@pytest.fixture
def approver() -> Actor:
    return actor_for(make_user("Ines Cole", roles=["approver"]))


@pytest.fixture
def lesson(author: Actor, course: Course) -> str:
    """The one lesson of a course that could be published."""
    key = add_lesson(author, course, "Sand")
    write(author, course, key)
    return key


def status_of(course: Course) -> CourseStatus:
    return get_course(course.id).status


@pytest.mark.usefixtures("lesson")
def test_rounds_are_kept_with_who_when_and_why(
    author: Actor, approver: Actor, course: Course
) -> None:
    send_back(approver, submit(author, course, "Please look."))
    with writing():
        services.submit_for_review(author, course_id=course.id, revision=working(course).revision)
    with writing():
        services.withdraw(author, course_id=course.id)
    rounds = list_rounds(get_course(course.id))
    assert [str(one.state) for one in rounds] == ["withdrawn", "sent_back"]
    assert (rounds[1].note, rounds[1].reason) == ("Please look.", "Add a picture.")
    assert rounds[1].decided_by is not None
    assert rounds[1].decided_by.display_name == "Ines Cole"
    steps = [
        (step.change.to_status.value, step.change.reason, step.by)
        for step in list_status_changes(course)
    ]
    assert steps == [
        ("draft", "Withdrawn", "Miriam Rao"),
        ("review", "", "Miriam Rao"),
        ("draft", "Add a picture.", "Ines Cole"),
        ("review", "", "Miriam Rao"),
    ]


def test_the_reviewer_sees_what_was_edited_since(
    author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    write(author, course, lesson, "<p>Later.</p>")
    add_lesson(author, course, "Clay")
    found = get_review(request.id)
    since = changed_since(found, publication_preview(get_course(course.id)).outline)
    assert since is not None
    assert [one.key for one in since.rewritten] == [lesson]
    assert [one.title for one in since.added] == ["Clay"]
    assert since.count == 2


@pytest.mark.usefixtures("lesson")
def test_nothing_edited_since_is_told_as_nothing(author: Actor, course: Course) -> None:
    found = get_review(submit(author, course).id)
    since = changed_since(found, publication_preview(get_course(course.id)).outline)
    assert since is not None
    assert since.count == 0


def test_the_queue_tells_size_and_whose(
    author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    assert [one.size for one in review_queue(approver.id).items] == [1]
    assert review_queue(approver.id, whose=Whose.MINE).items == []
    assert [one.id for one in review_queue(author.id, whose=Whose.MINE).items] == [request.id]
    assert review_queue(author.id, whose=Whose.OTHERS).items == []
    assert review_queue(approver.id, page=2).items == []


def test_comments_are_pinned_answered_and_resolved(
    author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    said = comment(approver, request, "Which sand?", lesson=lesson)
    with writing():
        services.reply(author, course_id=course.id, comment_id=said.id, text="River sand.")
    answer = threads_of(working(course).id).all[0].answers[0]
    with writing():  # an answer to an answer stays under the same comment
        services.reply(approver, course_id=course.id, comment_id=answer.id, text="Good.")
    with writing():
        services.resolve(author, course_id=course.id, comment_id=said.id)
    threads = threads_of(working(course).id, lesson=lesson)
    assert [one.text for one in threads.all[0].answers] == ["River sand.", "Good."]
    assert threads.open == []
    assert threads.all[0].first.resolved_by_id == author.id
    with writing():
        services.resolve(approver, course_id=course.id, comment_id=said.id, resolved=False)
    assert threads_of(working(course).id).open_in(lesson) == 1


def test_comments_outlive_a_round_and_end_with_the_version(
    author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    said = comment(approver, request, "Which sand?", lesson=lesson)
    send_back(approver, request)
    with writing():
        services.reply(author, course_id=course.id, comment_id=said.id, text="River sand.")
    with pytest.raises(Conflict):
        comment(approver, request, "Too late.")
    publish(approver, course)
    with pytest.raises(Conflict), writing():
        services.reply(author, course_id=course.id, comment_id=said.id, text="Later.")


def test_comments_need_a_place_words_and_the_right(
    author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    with pytest.raises(Forbidden):
        comment(author, request, "Mine.")
    for text in (" ", "x" * 4_001):
        with pytest.raises(Invalid):
            comment(approver, request, text)
    for place in ({"lesson": "gone"}, {"lesson": lesson, "block": "gone"}, {"block": "alone"}):
        with pytest.raises(NotFound):
            comment(approver, request, "Where?", **place)
    stranger = actor_for(make_user("A Stranger", roles=["contributor"]))
    said = comment(approver, request, "Which sand?")
    with pytest.raises(Forbidden), writing():
        services.reply(stranger, course_id=course.id, comment_id=said.id, text="Hello.")
    with pytest.raises(Forbidden), writing():
        services.resolve(stranger, course_id=course.id, comment_id=said.id)
    assert threads_of(working(course).id).all[0].answers == []


def test_a_comment_is_reached_through_its_own_course_only(
    author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    said = comment(approver, submit(author, course), "Which sand?")
    with writing():
        other = services.create_course(author, title="Air")
    with pytest.raises(NotFound), writing():
        services.reply(author, course_id=other.id, comment_id=said.id, text="Hello.")


def test_each_act_is_told_as_an_event(
    author: Actor,
    approver: Actor,
    course: Course,
    lesson: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    for module in (review, comments):
        monkeypatch.setattr(module, "record", lambda event: told.append(type(event).__name__))
    request = submit(author, course)
    comment(approver, request, "Which sand?", lesson=lesson)
    send_back(approver, request)
    submit(author, course)
    with writing():
        services.withdraw(author, course_id=course.id)
    request = submit(author, course)
    with writing():
        services.approve(approver, request_id=request.id)
    assert told == [
        "ReviewRequested",
        "ReviewCommented",
        "ReviewSentBack",
        "ReviewRequested",
        "ReviewWithdrawn",
        "ReviewRequested",
        "ReviewApproved",
    ]


@pytest.mark.usefixtures("lesson")
def test_an_approval_that_is_overtaken_leaves_a_draft(
    author: Actor, approver: Actor, course: Course
) -> None:
    request = submit(author, course)
    with writing():
        publication = services.approve(approver, request_id=request.id)
    add_lesson(author, course, "Clay")
    with writing():
        services.run_publication(publication.id)
    ended = db.session.get_one(Publication, publication.id)
    assert ended.state is PublicationState.STALE
    assert (state_of(request), status_of(course)) == ("stale", CourseStatus.DRAFT)


@pytest.mark.usefixtures("lesson")
def test_only_authors_withdraw_and_only_what_waits(
    author: Actor, approver: Actor, course: Course
) -> None:
    request = submit(author, course)
    with pytest.raises(Forbidden), writing():
        services.withdraw(approver, course_id=course.id)
    send_back(approver, request)
    with pytest.raises(Conflict), writing():
        services.withdraw(author, course_id=course.id)


@pytest.mark.usefixtures("lesson")
def test_lists_show_the_title_that_a_first_review_is_about(
    author: Actor, approver: Actor, course: Course
) -> None:
    def rename(title: str) -> str:
        with writing():
            field = {"title": Field(title, working(course).title)}
            services.save_basics(author, course_id=course.id, fields=field)
        return get_course(course.id).title

    submit(author, course)
    assert rename("Soil and sand") == "Soil and sand"
    publish(approver, course)
    assert rename("Sand alone") == "Soil and sand"
