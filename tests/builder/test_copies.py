"""Clones and templates: what comes with them, what does not, and in how many statements."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.blueprints.accounts.models import User
from app.blueprints.builder import services
from app.blueprints.builder.queries import list_templates
from app.blueprints.courses import services as courses
from app.blueprints.courses.errors import TemplatesStay
from app.blueprints.courses.models import (
    Asset,
    AssetShare,
    Course,
    CourseRole,
    CourseStatus,
    EnrollmentType,
    Lesson,
    LessonBody,
    LessonDraft,
    TemplateReach,
)
from app.blueprints.courses.queries import find_course, get_course, outline, shown_in_builder
from app.blueprints.courses.services import Admission, Placing
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Forbidden, NotFound
from tests.builder.pages import base, give_role
from tests.builder.steps import add_lesson, publish, titles_of, working, write
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_asset, make_course
from tests.factories.enrollments import make_enrollment
from tests.support import both_databases
from tests.support.client import CheckedClient, hidden_key
from tests.support.sql import count_sql


def written(course: Course) -> dict[str, str]:
    """What each lesson of the working version says, by title."""
    rows = db.session.execute(
        select(Lesson.title, func.coalesce(LessonDraft.blocks, LessonBody.blocks, ""))
        .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
        .where(Lesson.version_id == working(course).id)
    )
    return dict(rows.all())


@both_databases
def test_a_clone_says_the_same_and_is_its_own(author: Actor, course: Course) -> None:
    with saving():
        db.session.get_one(User, author.id).is_approver = True
    first = add_lesson(author, course, "Clay")
    write(author, course, first)
    with writing():
        admission = Admission(EnrollmentType.APPROVAL, price=900)
        courses.set_admission(author, course_id=course.id, admission=admission)
        courses.place_course(author, course_id=course.id, placing=Placing(tags="soil, field"))
    approver = actor_for(db.session.get_one(User, author.id))
    publish(approver, course)
    assert get_course(course.id).current_version_id is not None
    write(author, course, add_lesson(author, course, "Sand"), "<p>Not published.</p>")
    make_enrollment(make_user(), get_course(course.id))
    with writing():
        clone = services.clone_course(author, course_id=course.id, title=" My own ")
    assert titles_of(clone) == titles_of(course)
    assert written(clone) == written(course)
    made = get_course(clone.id)
    assert (made.title, made.slug, made.status) == ("My own", "my-own", CourseStatus.DRAFT)
    assert (made.price, made.enrollment_type) == (900, EnrollmentType.APPROVAL)
    assert [tag.slug for tag in made.tags] == ["field", "soil"]
    assert (made.seats.taken, made.current_version_id) == (0, None)
    assert outline(working(clone)).lessons.keys() == outline(working(course)).lessons.keys()
    redo = select(func.count()).where(Lesson.version_id == working(clone).id, Lesson.redo_since > 0)
    assert db.session.execute(redo).scalar() == 0
    write(author, clone, first, "<p>Only in the copy.</p>")
    assert "Only in the copy" not in written(course)["Clay"]
    publish(approver, clone)
    assert get_course(clone.id).current_version_id is not None


@both_databases
def test_a_copy_may_show_the_files_of_its_model(author: Actor, course: Course) -> None:
    asset = make_asset(course)
    with writing():
        clone = services.clone_course(author, course_id=course.id, title="Copy")
        again = services.clone_course(author, course_id=clone.id, title="Copy of it")
    shares = db.session.execute(select(AssetShare.course_id, AssetShare.asset_id)).all()
    assert sorted(shares) == [(clone.id, asset.id), (again.id, asset.id)]
    assert db.session.query(Asset).count() == 1  # so it counts once against the quota


@both_databases
def test_the_size_does_not_matter(app: Flask) -> None:
    owner = make_user(roles=["contributor"])
    sent = []
    for lessons in (5, 100):
        course = make_course(owner=owner, modules=2, lessons=lessons, published=False)
        with count_sql() as statements, writing():
            services.clone_course(actor_for(owner), course_id=course.id, title="Copy")
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 40


def test_cloning_over_http(desk: CheckedClient, course: Course, author: Actor) -> None:
    assert "Make a copy" in desk.get(f"{base(course)}/settings/life").text
    made = desk.post(f"{base(course)}/copies", data={"title": "Twice"})
    assert (made.status_code, made.location) == (303, "/teaching/twice/board")
    refused = desk.post(f"{base(course)}/copies", data={"title": " "})
    assert refused.status_code == 422
    assert find_course("copy") is None


@pytest.mark.parametrize("path", ["copies", "templates"])
def test_a_copy_asked_for_twice_is_one(desk: CheckedClient, course: Course, path: str) -> None:
    url = f"{base(course)}/{path}"
    form = {"title": "Twice", "key": hidden_key(desk, f"{base(course)}/settings/life", url)}
    made = [desk.post(url, data=form).location for _ in range(2)]
    assert made == ["/teaching/twice/board"] * 2
    assert find_course("twice-2") is None


@pytest.mark.parametrize("path", ["copies", "templates"])
def test_who_may_copy(client: CheckedClient, course: Course, path: str) -> None:
    url = f"{base(course)}/{path}"
    sign_in(client, make_user(roles=["contributor"]))
    assert client.post(url, data={"title": "X"}).status_code == 404
    colleague = give_role(course, make_user(), CourseRole.INSTRUCTOR)
    sign_in(client, colleague)
    assert client.post(url, data={"title": "X"}).status_code == 403  # makes no courses
    assistant = give_role(course, make_user(roles=["contributor"]), CourseRole.ASSISTANT)
    sign_in(client, assistant)
    assert client.post(url, data={"title": "X"}).status_code == 403
    with pytest.raises(Forbidden), writing():
        services.clone_course(actor_for(assistant), course_id=course.id, title="X")


@pytest.fixture
def template(author: Actor, course: Course) -> Course:
    """A template of the author's, of a course with one written lesson."""
    write(author, course, add_lesson(author, course, "Clay"))
    with writing():
        return services.save_as_template(author, course_id=course.id, title="My pattern")


def test_a_template_is_for_its_own_team_until_it_is_offered(
    client: CheckedClient, author: Actor, template: Course
) -> None:
    other = make_user(roles=["contributor"])
    assert [one.title for one in list_templates(author.id)] == ["My pattern"]
    assert list_templates(other.id) == []
    sign_in(client, other)
    assert client.get("/teaching/templates/my-pattern").status_code == 404
    sent = {"title": "Mine", "subject_id": "", "key": "k", "template": "my-pattern"}
    assert client.post("/teaching/courses", data=sent).status_code == 422
    with pytest.raises(NotFound), writing():
        services.begin_from_template(actor_for(other), template="my-pattern", title="Mine")
    sign_in(client, db.session.get_one(User, author.id))
    reach = "/teaching/my-pattern/template"
    assert client.put(reach, data={"reach": "everyone"}).status_code == 403
    sign_in(client, make_user(roles=["approver"]))
    assert client.put(reach, data={"reach": "nobody"}).status_code == 422
    assert client.put(reach, data={"reach": "everyone"}).status_code == 303
    sign_in(client, other)
    assert "Clay" in client.get("/teaching/templates/my-pattern").text
    begun = client.post("/teaching/courses", data={**sent, "key": "another"})
    assert begun.location == "/teaching/mine/board"
    made = find_course("mine")
    assert made is not None
    assert made.template is None
    assert [person.user_id for person in made.people] == [other.id]
    assert [titles for _, titles in titles_of(made)] == [["Clay"]]


def test_the_form_shows_templates_and_begins_once(desk: CheckedClient, template: Course) -> None:
    with count_sql(at_most=10):
        page = desk.get("/teaching/courses/new?template=my-pattern").text
    assert '<option selected value="my-pattern">' in page
    assert 'href="/teaching/templates/my-pattern"' in page
    with count_sql(at_most=10):
        desk.get("/teaching/templates/my-pattern")
    form = {"title": "Twice", "subject_id": "", "key": "same", "template": "my-pattern"}
    first = desk.post("/teaching/courses", data=form)
    assert desk.post("/teaching/courses", data=form).location == first.location
    assert find_course("twice-2") is None


def test_templates_are_neither_published_nor_taken(
    author: Actor, template: Course, client: CheckedClient
) -> None:
    version = shown_in_builder(template)
    admin = Actor(author.id, author.display_name, author.email, frozenset({"admin"}))
    with pytest.raises(TemplatesStay), writing():
        services.request_publication(admin, course_id=template.id, revision=version.revision)
    with pytest.raises(TemplatesStay), writing():
        services.submit_for_review(
            author, course_id=template.id, revision=version.revision, note=""
        )
    assert "My pattern" not in client.get("/courses").text
    sign_in(client, make_user())
    assert client.post("/courses/my-pattern/enrollment").status_code == 404


@both_databases
def test_the_database_keeps_templates_unpublished(app: Flask) -> None:
    course = make_course()
    marked = update(Course).where(Course.id == course.id).values(template=TemplateReach.MINE)
    with pytest.raises(IntegrityError, match="template_not_published"), writing():
        db.session.execute(marked)


def test_only_templates_are_offered(course: Course) -> None:
    approver = actor_for(make_user(roles=["approver"]))
    with pytest.raises(NotFound), writing():
        services.set_template_reach(approver, course_id=course.id, reach=TemplateReach.EVERYONE)
