"""The library: one's own files, where they are shown, and what may be deleted."""

import pytest
from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import (
    Asset,
    Course,
    CourseInstructor,
    CourseRole,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonBodyAsset,
    LessonDraft,
)
from app.blueprints.courses.services.assets import share_assets
from app.core.db import db, writing
from tests.courses.uploading import upload
from tests.factories import files, saving
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_asset, make_course
from tests.support import both_databases
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def lesson_of(course: Course) -> Lesson:
    """The first lesson of the course."""
    lessons = db.session.query(Lesson).join(CourseVersion, Lesson.version_id == CourseVersion.id)
    return lessons.filter(CourseVersion.course_id == course.id).order_by(Lesson.id).first()  # type: ignore[return-value]


def show_in_body(asset: Asset, course: Course) -> None:
    """Let a published lesson of `course` show the file."""
    with saving():
        body = db.session.get_one(LessonBody, lesson_of(course).body_id)
        db.session.add(LessonBodyAsset(body_id=body.id, asset_id=asset.id))


def show_in_draft(asset: Asset, course: Course) -> None:
    """Let a lesson that is being written show the file."""
    with saving():
        lesson = lesson_of(course)
        draft = db.session.query(LessonDraft).filter_by(lesson_id=lesson.id).one()
        draft.asset_ids = ["other", asset.public_id]


def delete(client: CheckedClient, asset: Asset) -> int:
    """The status that deleting the file is answered with."""
    return client.delete(f"/teaching/library/{asset.public_id}").status_code


@both_databases
def test_files_are_listed_with_their_room(
    client: CheckedClient, teacher: User, course: Course
) -> None:
    upload(teacher, course, files.PDF, "Handout.pdf")
    make_asset(make_course(), name="Somebody else's.png")
    page = client.get("/teaching/library")
    assert page.status_code == 200
    assert "Handout.pdf" in page.text
    assert "1 kB of 2 GB used" in page.text
    assert "Somebody else" not in page.text


def test_an_empty_library_says_what_belongs_there(client: CheckedClient, teacher: User) -> None:
    assert "No files yet" in client.get("/teaching/library").text


def test_a_library_is_ones_own(app: Flask, client: CheckedClient, teacher: User) -> None:
    asset = make_asset(make_course(owner=teacher))
    stranger = app.test_client()
    assert isinstance(stranger, CheckedClient)
    assert stranger.get("/teaching/library").status_code == 303
    assert delete(stranger, asset) == 401
    sign_in(stranger, make_user(roles=["admin"]))
    assert delete(stranger, asset) == 404
    assert client.delete(f"/teaching/library/{asset.public_id}", csrf=False).status_code == 400
    assert delete(client, asset) == 303
    assert delete(client, asset) == 404


@both_databases
@pytest.mark.parametrize("show", [show_in_body, show_in_draft])
def test_what_a_lesson_shows_stays(client: CheckedClient, teacher: User, show: object) -> None:
    course = make_course(owner=teacher, published=show is show_in_body)
    asset = make_asset(course, name="map.png")
    assert callable(show)
    show(asset, course)
    page = client.get("/teaching/library").text
    assert f'href="/teaching/{course.slug}/lessons/l1">Lesson 1</a>' in page
    assert "Nowhere" not in page
    assert delete(client, asset) == 409
    assert client.get("/teaching/library").text.count("map.png") == 1


@both_databases
def test_a_cover_stays(client: CheckedClient, teacher: User, course: Course) -> None:
    asset = make_asset(course)
    with saving():
        db.session.query(CourseVersion).filter_by(course_id=course.id).update(
            {"cover_id": asset.id}
        )
    assert "Cover of Programming with Python" in client.get("/teaching/library").text
    assert delete(client, asset) == 409


@both_databases
def test_what_only_a_copy_shows_stays(client: CheckedClient, teacher: User) -> None:
    course = make_course(owner=teacher)
    copy = make_course(published=False)
    asset = make_asset(course, name="map.png")
    with writing():
        share_assets(course.id, copy.id)
    with writing():
        share_assets(course.id, copy.id)
    show_in_draft(asset, copy)
    assert delete(client, asset) == 409


@both_databases
def test_what_others_write_around_a_file_is_a_number_only(
    client: CheckedClient, teacher: User
) -> None:
    course = make_course(owner=teacher, published=False)
    asset = make_asset(course)
    out, draft = make_course(slug="secret-1"), make_course(slug="secret-2", published=False)
    with saving():
        for other in (out, draft):
            share_assets(course.id, other.id)
            lesson_of(other).title = "Secret lesson"
    show_in_body(asset, out)
    show_in_draft(asset, draft)
    assert "In 2 courses of others" in client.get("/teaching/library").text
    show_in_draft(asset, course)
    page = client.get("/teaching/library").text
    assert "and in 2 courses of others" in page
    assert "Secret lesson" not in page
    assert "secret-" not in page
    assert "Nowhere" not in page
    with saving():
        db.session.add(
            CourseInstructor(course_id=draft.id, user_id=teacher.id, role=CourseRole.ASSISTANT)
        )
    page = client.get("/teaching/library").text
    assert "secret-2" in page
    assert "secret-1" not in page
    assert "and in one course of others" in page


def test_below_a_path_the_places_are_there_too(client: CheckedClient, teacher: User) -> None:
    course = make_course(owner=teacher, published=False)
    show_in_draft(make_asset(course), course)
    page = client.get("/teaching/library", base_url="http://localhost/school").text
    assert f'href="/school/teaching/{course.slug}/lessons/l1"' in page


def test_who_reads_a_copy_reads_its_files(app: Flask, client: CheckedClient, teacher: User) -> None:
    copier = make_user(roles=["contributor"])
    course, copy = make_course(owner=teacher), make_course(owner=copier)
    asset = upload(teacher, course, files.PDF, "a.pdf")
    theirs = app.test_client()
    sign_in(theirs, copier)
    assert theirs.get(f"/media/{asset.public_id}").status_code == 404
    with writing():
        share_assets(course.id, copy.id)
    assert theirs.get(f"/media/{asset.public_id}").status_code == 200
    with saving():
        db.session.get_one(Course, course.id).deleted_at = course.created_at
    assert theirs.get(f"/media/{asset.public_id}").status_code == 200


def test_a_page_of_files_costs_as_much_as_one(client: CheckedClient, teacher: User) -> None:
    course = make_course(owner=teacher, published=False)
    for number in range(30):
        make_asset(course, str(number).encode())
    with count_sql(at_most=10) as many:
        page = client.get("/teaching/library")
    assert "1–25 of 30" in page.text
    with count_sql() as few:
        client.get("/teaching/library?page=2")
    assert len(few) == len(many)
