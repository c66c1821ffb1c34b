"""The list of versions and the way back to one of them, as pages."""

import pytest
from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.builder import services
from app.blueprints.builder.models import Audience, Publication
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.services import delete_course, restore_course
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.pages import base, give_role
from tests.builder.steps import add_lesson, go_back, keys_of, publish, write
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.enrollments import make_enrollment
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def admin(client: CheckedClient) -> Actor:
    """Somebody who may publish anything, signed in."""
    user = make_user("Ines Cole", roles=["admin"])
    sign_in(client, user)
    return actor_for(user)


@pytest.fixture
def twice(author: Actor, admin: Actor, course: Course) -> Course:
    """A course in its second version, in which sand was rewritten."""
    sand = add_lesson(author, course, "Sand")
    write(author, course, sand, "<p>First.</p>")
    publish(admin, course, note="The beginning.")
    write(author, course, sand, "<p>Second.</p>")
    publish(admin, course, audience=Audience.NEW_LEARNERS, note="More <b>about</b> sand.")
    return course


def back(course: Course, number: int = 1) -> str:
    return f"{base(course)}/versions/{number}/revert"


def test_the_list_says_who_when_why_what_and_for_whom(
    client: CheckedClient, admin: Actor, twice: Course
) -> None:
    go_back(admin, twice, 1, audience=Audience.NEW_LEARNERS, note="Sand was better before.")
    course = db.session.get_one(Course, twice.id)
    make_enrollment(make_user(), course)
    version = db.session.execute(select(Publication.version_id).order_by(Publication.id)).scalars()
    make_enrollment(make_user(), course, pinned_version_id=next(version))
    with count_sql(at_most=10):
        text = client.get(f"{base(twice)}/versions").text
    for words in (
        "Ines Cole",
        "The beginning.",
        "More &lt;b&gt;about&lt;/b&gt; sand.",
        "Sand was better before.",
        "A copy of version 1",
        "1 lesson rewritten",
        "1 learner",
        "Move everyone to this version",
    ):
        assert words in text
    assert f'href="{back(twice, 2)}"' in text


def test_the_list_comes_in_pages(
    client: CheckedClient, admin: Actor, twice: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.blueprints.builder.queries.versions.PAGE_SIZE", 1)
    first, second = (client.get(f"{base(twice)}/versions?page={n}").text for n in (1, 2))
    assert 'id="version-2"' in first
    assert "The beginning." not in first
    assert "The beginning." in second


def test_addresses_go_through_the_mount_point(
    client: CheckedClient, admin: Actor, twice: Course
) -> None:
    for path in ("versions", "review", "versions/1/revert"):
        text = client.get(f"{base(twice)}/{path}", base_url="http://localhost/school/").text
        assert f'href="{base(twice)}' not in text
        assert f'"/school{base(twice)}' in text


def test_going_back_shows_what_it_means_and_publishes(
    client: CheckedClient, author: Actor, admin: Actor, twice: Course
) -> None:
    make_enrollment(make_user(), db.session.get_one(Course, twice.id))
    [sand] = keys_of(twice)[0][1]
    with count_sql(at_most=10):
        page = client.get(back(twice)).text
    assert f'name="redo" form="publish-form" value="{sand}"' in page
    assert "Get new work" in page
    assert "Your draft stays as it is" not in page
    numbers = f"{back(twice)}/consequences"
    with count_sql(at_most=8):
        part = client.get(f"{numbers}?redo={sand}&redo=gone", headers=PART).text
    assert part.startswith('<div class="stack" id="meaning"')
    assert "Must redo a lesson" in part
    whole = client.get(f"{numbers}?audience=new_learners").text
    assert "<html" in whole
    assert "stays on the version" in whole
    assert client.get(f"{numbers}?audience=nobody").status_code == 422
    write(author, twice, sand, "<p>Third.</p>")
    assert "Your draft stays as it is" in client.get(back(twice)).text
    form = {"becomes": "3", "audience": "new_learners", "note": "Better.", "redo": sand}
    answer = client.post(back(twice), data=form)
    assert answer.status_code == 202
    asked = db.session.execute(select(Publication).order_by(Publication.id.desc())).scalars()
    publication = next(asked)
    assert answer.location == f"{base(twice)}/publications/{publication.id}"
    assert (publication.audience, publication.note) == (Audience.NEW_LEARNERS, "Better.")
    assert publication.redo_keys == [sand]


def test_what_cannot_be_is_refused_with_the_page(
    client: CheckedClient, admin: Actor, twice: Course
) -> None:
    long = client.post(back(twice), data={"becomes": "3", "note": "x" * 501})
    assert (long.status_code, "x" * 501 in long.text) == (422, True)
    stale = client.post(back(twice), data={"becomes": "2", "note": "Mine."})
    assert (stale.status_code, "Mine." in stale.text) == (409, True)
    assert "Another version has been published since" in stale.text
    assert client.post(back(twice), data={"becomes": "x"}).status_code == 409
    wrong = client.post(back(twice), data={"becomes": "3", "audience": "nobody"})
    assert wrong.status_code == 422
    assert client.get(back(twice, 9)).status_code == 404
    assert client.post(back(twice, 9), data={"becomes": "3"}).status_code == 404


def test_authors_who_may_not_publish_see_why(
    client: CheckedClient, author: Actor, twice: Course
) -> None:
    sign_in(client, db.session.get_one(User, author.id))
    page = client.get(back(twice))
    assert "for those who may publish" in page.text
    assert "publish-form" not in page.text
    assert client.post(back(twice), data={"becomes": "3"}).status_code == 403


def test_strangers_know_of_no_version(client: CheckedClient, twice: Course) -> None:
    for user, status in (
        (make_user("A Stranger", roles=["contributor"]), 403),
        (give_role(twice, make_user("An Assistant"), CourseRole.ASSISTANT), 403),
    ):
        sign_in(client, user)
        for path in ("versions", "versions/1/revert"):
            assert client.get(f"{base(twice)}/{path}").status_code == status
        assert client.post(back(twice), data={"becomes": "3"}).status_code == status


def test_a_course_deleted_after_asking_says_so(
    client: CheckedClient, author: Actor, admin: Actor, twice: Course
) -> None:
    address = str(client.post(back(twice), data={"becomes": "3"}).location)
    with writing():
        delete_course(author, course_id=twice.id)
    assert client.get(address).status_code == 404
    with writing():
        services.run_publication(int(address.rpartition("/")[2]))
    with writing():
        restore_course(admin, course_id=twice.id)
    assert "The course was deleted after you asked." in client.get(address).text


def test_a_version_is_looked_at_and_its_lessons_come_back(
    client: CheckedClient, author: Actor, admin: Actor, twice: Course
) -> None:
    [(module, [sand])] = keys_of(twice)
    address = f"{base(twice)}/versions/1"
    with count_sql(at_most=8):
        assert "Sand" in client.get(address).text
    lesson = client.get(f"{address}/lessons/{sand}").text
    assert "First." in lesson
    assert "Second." not in lesson
    answer = client.post(f"{address}/lessons/{sand}/restoration")
    assert (answer.status_code, answer.location) == (303, f"{base(twice)}/board")
    assert "First." in client.get(f"{base(twice)}/lessons/{sand}/preview").text
    assert client.post(f"{address}/lessons/{sand}/restoration").status_code == 409
    part = client.post(f"{base(twice)}/versions/2/lessons/{sand}/restoration", headers=PART)
    assert (part.status_code, "<html" in part.text) == (200, False)
    assert client.post(f"{address}/modules/{module}/restoration").status_code == 409
    with writing():
        services.remove_module(author, course_id=twice.id, key=module)
    assert client.post(f"{address}/modules/{module}/restoration").status_code == 303
    assert keys_of(twice) == [(module, [sand])]


@pytest.mark.parametrize("path", ["9", "9/lessons/{key}", "1/lessons/gone"])
def test_there_is_no_such_version_or_lesson(
    client: CheckedClient, admin: Actor, twice: Course, path: str
) -> None:
    address = f"{base(twice)}/versions/{path.format(key=keys_of(twice)[0][1][0])}"
    assert client.get(address).status_code == 404
    if "lessons" in path:
        assert client.post(f"{address}/restoration").status_code == 404


def test_approvers_look_and_do_not_bring_back(client: CheckedClient, twice: Course) -> None:
    sign_in(client, make_user("An Approver", roles=["approver"]))
    [(module, [sand])] = keys_of(twice)
    for path in (f"lessons/{sand}", f"modules/{module}"):
        address = f"{base(twice)}/versions/1/{path}/restoration"
        assert client.post(address).status_code == 403
    assert "Bring" not in client.get(f"{base(twice)}/versions/1").text
    assert client.get(f"{base(twice)}/versions/1/lessons/{sand}").status_code == 200
