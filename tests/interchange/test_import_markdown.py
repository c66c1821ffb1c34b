"""`flask courses import-markdown`: in, in again, and never half in."""

import io
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.blueprints.accounts.models import User
from app.blueprints.builder import services as builder
from app.blueprints.builder.queries.operations import own_history
from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.builder.rules.texts import ReplaceBlocks
from app.blueprints.courses.models import Asset, Course, CourseVersion, Lesson, LessonDraft
from app.blueprints.courses.queries import find_course, get_course, outline, shown_in_builder
from app.blueprints.courses.rules.outline import LessonFace
from app.blueprints.interchange.markdown import read_course
from app.blueprints.interchange.services.importing import Imported, import_course
from app.blueprints.interchange.services.preparing import prepare_course
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.files import detect
from app.core.storage import storage
from tests.builder.steps import publish, titles_of, undo_number
from tests.factories.accounts import actor_for, make_user
from tests.interchange.markdown.folders import PNG, SVG, write
from tests.material import material
from tests.support import both_databases
from tests.support.sql import count_sql

pytestmark = both_databases

FILES: dict[str, str | bytes] = {
    "config.yaml": "title: Soil\nsummary: About soil.\ndifficulty: intermediate\nlang: de\n",
    "01-start/a.md": "---\ntitle: First\nminutes: 7\n---\nOne\n\n![A](../fig/a.png)\n\n## H\n\nTwo",
    "01-start/b.md": "---\ntitle: Second\noptional: true\n---\nText",
    "02-more/c.md": "---\ntitle: Third\n---\n![B](../fig/b.svg)\n\n![A](../fig/a.png)",
    "fig/a.png": PNG,
    "fig/b.svg": SVG,
}


@pytest.fixture
def owner(app: Flask) -> User:
    roles = ["contributor", "approver"]
    return make_user("Miriam Rao", email="miriam@example.org", roles=roles)


@pytest.fixture
def actor(owner: User) -> Actor:
    return actor_for(owner)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "soil", FILES)


def run(app: Flask, folder: Path, *options: str, owner: str = "miriam@example.org") -> Result:
    arguments = ["courses", "import-markdown", str(folder), "--owner", owner, *options]
    result = app.test_cli_runner().invoke(args=arguments)
    db.session.remove()
    return result


def imported(app: Flask, folder: Path, *options: str) -> Course:
    result = run(app, folder, *options)
    assert result.exit_code == 0, result.output
    course = find_course("soil")
    assert course
    return course


def lessons(course: Course) -> dict[str, LessonFace]:
    return {one.title: one for one in outline(shown_in_builder(course)).lessons.values()}


def count(table: type[Course] | type[Asset] | type[LessonDraft]) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_folder_becomes_a_draft(app: Flask, actor: Actor, folder: Path) -> None:
    course = imported(app, folder)
    assert titles_of(course) == [("Start", ["First", "Second"]), ("More", ["Third"])]
    version = shown_in_builder(course)
    assert (version.title, version.summary) == ("Soil", "About soil.")
    assert (version.difficulty.value, version.language) == ("intermediate", "de")
    found = lessons(course)
    assert (found["First"].minutes, found["Second"].is_required) == (7, False)
    assert not [problem for face in found.values() for problem in face.problems]


def test_images_are_stored_and_shown(app: Flask, actor: Actor, folder: Path) -> None:
    course = imported(app, folder)
    assets = db.session.execute(select(Asset)).scalars().all()
    assert {asset.blob.content_type for asset in assets} == {"image/png", "image/svg+xml"}
    version = shown_in_builder(course)
    third = lesson_text(version.id, lessons(course)["Third"].key)
    assert {block["asset"] for block in third.blocks} == {asset.public_id for asset in assets}
    for asset in assets:
        with storage().open(asset.blob.digest) as stored:
            content = stored.read()
        assert content == SVG or detect(io.BytesIO(content), asset.name).inline


def test_a_picture_brings_nothing_else_in(app: Flask, actor: Actor, folder: Path) -> None:
    write(folder, {"fig/a.png": PNG + b"<script>alert(1)</script>"})
    imported(app, folder)
    asset = db.session.execute(select(Asset).filter_by(name="a.png")).scalar_one()
    with storage().open(asset.blob.digest) as stored:
        assert b"script" not in stored.read()


def test_importing_again_changes_nothing(app: Flask, actor: Actor, folder: Path) -> None:
    before = outline(shown_in_builder(imported(app, folder)))
    result = run(app, folder)
    assert "0 lessons are new, 0 have other texts." in result.output
    assert count(Course) == 1
    assert outline(shown_in_builder(imported(app, folder))) == before


def test_what_changed_in_the_folder_comes_in_with_the_same_keys(
    app: Flask, actor: Actor, folder: Path
) -> None:
    course = imported(app, folder)
    publish(actor, course)
    first = lessons(get_course(course.id))["First"]
    version = shown_in_builder(get_course(course.id))
    before = lesson_text(version.id, first.key).blocks
    text = "---\ntitle: The first\nminutes: 7\n---\nOne\n\n![A](../fig/a.png)\n\n## H\n\nTwo more"
    write(folder, {"01-start/a.md": text, "01-start/aa.md": "---\ntitle: New\n---\nx"})
    result = run(app, folder)
    assert "1 lessons are new, 1 have other texts." in result.output
    course = get_course(course.id)
    assert titles_of(course)[0] == ("Start", ["The first", "New", "Second"])
    assert lessons(course)["The first"].key == first.key
    after = lesson_text(shown_in_builder(course).id, first.key).blocks
    assert [block["key"] for block in after] == [block["key"] for block in before]
    assert after[:2] == before[:2]
    assert count(Asset) == 2


def test_what_people_changed_here_stays(app: Flask, actor: Actor, folder: Path) -> None:
    course = imported(app, folder)
    found = lessons(course)
    first, second, third = (found[name].key for name in ("First", "Second", "Third"))
    more = outline(shown_in_builder(course)).modules[1].key
    with writing():
        builder.move_lesson(actor, course_id=course.id, key=first, module=more, after=None)
    with writing():
        row = db.session.execute(select(Lesson).filter_by(key=second)).scalar_one()
        builder.edit_lesson(
            actor, course_id=course.id, key=second, revision=row.revision, title="Mine"
        )
    blocks = lesson_text(shown_in_builder(course).id, third).blocks[:1]
    change = ReplaceBlocks(tuple(blocks))
    mine = builder.prepare_text(actor, course_id=course.id, lesson=third, change=change)
    with writing():
        builder.save_text(actor, mine)

    assert run(app, folder).exit_code == 0
    assert titles_of(course) == [("Start", ["Mine"]), ("More", ["First", "Third"])]
    write(folder, {"02-more/c.md": "---\ntitle: Third\n---\nOther"})
    result = run(app, folder)
    assert "changed here: “Third”" in result.output
    assert lesson_text(shown_in_builder(course).id, third).blocks == blocks
    assert run(app, folder, "--overwrite").exit_code == 0
    said = lesson_text(shown_in_builder(course).id, third).blocks
    assert [block["html"] for block in said] == ["<p>Other</p>"]


def test_what_was_removed_here_comes_back(app: Flask, actor: Actor, folder: Path) -> None:
    course = imported(app, folder)
    start = outline(shown_in_builder(course)).modules[0]
    with writing():
        builder.remove_lesson(actor, course_id=course.id, key=start.lessons[1].key)
    with writing():
        builder.remove_module(actor, course_id=course.id, key=start.key)
    imported(app, folder)
    assert sorted(titles_of(course)) == [("More", ["Third"]), ("Start", ["First", "Second"])]


def test_into_another_course(app: Flask, actor: Actor, folder: Path) -> None:
    with writing():
        course = builder.create_course(actor, title="Compost")
    assert run(app, folder, "--into", "compost").exit_code == 0
    assert count(Course) == 1
    assert titles_of(course)[1:] == [("Start", ["First", "Second"]), ("More", ["Third"])]
    assert "There is no course gone" in run(app, folder, "--into", "gone").output


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("02-more/c.md", "---\ntitle: [\n---\n", "02-more/c.md:3: The settings cannot be read"),
        ("02-more/c.md", "x\n\n![](gone.png)", "02-more/c.md:3: There is no image gone.png."),
        ("02-more/c.md", b"x" * 50_000_000, "02-more/c.md: This file is larger than 5 MB."),
        ("fig/a.png", PNG[:60], "fig/a.png: This picture is damaged or not whole."),
        ("fig/b.svg", b"<svg><script/></svg>", "02-more/c.md:4: fig/b.svg may not be shown"),
    ],
)
def test_bad_input_is_told_and_leaves_nothing(
    app: Flask, actor: Actor, folder: Path, file: str, content: str | bytes, problem: str
) -> None:
    write(folder, {file: content})
    result = run(app, folder)
    assert result.exit_code == 1
    assert problem in result.output
    assert count(Course) == count(Asset) == count(LessonDraft) == 0


def test_a_failure_on_the_way_leaves_nothing(
    app: Flask, actor: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(builder, "edit_basics", fail)
    assert run(app, folder).exit_code == 1
    assert count(Course) == count(Asset) == 0


def test_who_may_import(app: Flask, owner: User, folder: Path) -> None:
    make_user("Ada Okafor", email="ada@example.org")
    assert "Nobody has the address" in run(app, folder, owner="who@example.org").output
    assert run(app, folder, owner="ada@example.org").exit_code == 1
    imported(app, folder)
    make_user("Other", email="other@example.org", roles=["contributor"])
    assert run(app, folder, "--into", "soil", owner="other@example.org").exit_code == 1


@pytest.mark.slow
def test_a_real_course_comes_in(app: Flask, actor: Actor) -> None:
    folder = material("markdown/swcarpentry-python-novice-inflammation")
    result = run(app, folder)
    assert "12 lessons, 26 images." in result.output
    course = find_course("programming-with-python")
    assert course
    publish(actor, course)
    version = db.session.get_one(CourseVersion, get_course(course.id).current_version_id)
    assert len(outline(version).lessons) == 12


def test_an_import_holds_the_gate_for_rows_alone(actor: Actor, tmp_path: Path) -> None:
    """So many statements that 200 lessons take about half a second; commands took thirty each."""
    lessons, most = 40, 60
    folder = tmp_path / "big"
    for n in range(lessons):
        write(folder, {f"{n % 4}-part/{n:02}.md": f"---\ntitle: Page {n}\n---\nDig {n}."})
    prepared = prepare_course(actor, read_course(folder))
    with count_sql(at_most=most + 2 * lessons), writing():
        done = import_course(actor, prepared)
    assert len(done.added) == lessons
    titles = [title for _, column in titles_of(get_course(done.course_id)) for title in column]
    assert titles == [f"Page {n}" for part in range(4) for n in range(part, lessons, 4)]


def test_so_it_does_when_each_lesson_has_another_text(actor: Actor, tmp_path: Path) -> None:
    """Each text keeps a way back of its own; ten statements a lesson took four seconds for 200."""
    lessons, folder = 40, tmp_path / "big"

    def bring_in(minutes: int, course_id: int | None = None) -> Imported:
        for n in range(lessons):
            page = f"---\ntitle: Page {n}\nminutes: {minutes}\n---\nDig for {minutes} minutes."
            write(folder, {f"1-part/{n:02}.md": page})
        prepared = prepare_course(actor, read_course(folder), course_id=course_id)
        with count_sql(at_most=60 if course_id else 60 + 2 * lessons), writing():
            return import_course(actor, prepared)

    course_id = bring_in(2).course_id
    assert len(bring_in(3, course_id).changed) == lessons
    course = get_course(course_id)
    last = own_history(shown_in_builder(course), actor.id).undo
    assert last
    undo_number(actor, course, last)
    texts = db.session.execute(select(LessonDraft.text).order_by(LessonDraft.id)).scalars().all()
    assert texts == ["Dig for 3 minutes."] * (lessons - 1) + ["Dig for 2 minutes."]
    assert set(db.session.execute(select(Lesson.minutes)).scalars()) == {3}
