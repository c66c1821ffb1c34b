"""Courses that begin with something: copies, templates and imports, with JavaScript and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from app.blueprints.interchange.models import ImportJob, ImportState
from app.core import clock
from app.core.db import db
from tests.browser.authoring import PLAN, Desk, Studio, shown
from tests.browser.everybody import LOOKED_AT, assert_for_everybody
from tests.factories import saving
from tests.interchange.archives import GOOD, zipped
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser
IN_PLAN = {module: list(lessons) for module, lessons in PLAN.items()}
BROKEN = {**GOOD, "course/1-dough/3-x.md": "One\n\n![bread](nowhere.png)"}
plainly_too = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])


@pytest.fixture(scope="module")
def gallery(studio: Studio) -> Studio:
    """The school with the templates that come with Lectern."""
    done = studio.school.app.test_cli_runner().invoke(args=["courses", "install-templates"])
    assert done.exit_code == 0, done.output
    return studio


@pytest.fixture
def slow_import(studio: Studio) -> Iterator[int]:
    """The id of an import that goes on as the test says, not as the worker does."""
    with studio.school.app.app_context(), saving():
        job = ImportJob(
            requested_by_id=studio.author_id,
            file_name="slow.zip",
            digest="0" * 64,
            state=ImportState.RUNNING,
            done=1,
            total=4,
        )
        db.session.add(job)
        db.session.flush()
        job_id = job.id
    yield job_id
    with studio.school.app.app_context(), saving():
        db.session.delete(db.session.get_one(ImportJob, job_id))


def go_on(studio: Studio, job_id: int, **changes: object) -> None:
    """Bring that import further."""
    with studio.school.app.app_context(), saving():
        job = db.session.get_one(ImportJob, job_id)
        for name, value in changes.items():
            setattr(job, name, value)


def copy(page: Page, label: str, title: str, button: str) -> None:
    """Make a copy under that title, and come to its board."""
    page.get_by_label(label).fill(title)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


@plainly_too
def test_a_copy_and_a_template_of_a_course(desk: Desk, new_page: NewPage, scripts: bool) -> None:
    page = desk.open(new_page, "settings/life", java_script_enabled=scripts)
    copy(page, "Title of the copy", "My own programming", "Make a copy")
    expect(page.locator("#notices")).to_contain_text("This is your copy.")
    assert shown(page) == IN_PLAN
    assert "/teaching/my-own-programming" in page.url
    page.goto(f"{desk.url}/settings/life")
    name = f"How we teach it {desk.course.id}"
    copy(page, "Title of the template", name, "Save as a template")
    expect(page.locator("#notices")).to_contain_text("This is the template.")
    page.goto(f"{desk.studio.school.url}/teaching/courses/new")
    page.get_by_label("Title", exact=True).fill("Begun from it")
    page.get_by_label(re.compile("^Begin with")).select_option(label=name)
    page.get_by_role("button", name="Begin the course").click()
    expect(page.get_by_role("heading", name="Begun from it", exact=True)).to_be_visible()
    assert shown(page) == IN_PLAN


@plainly_too
def test_a_course_from_the_gallery(gallery: Studio, new_page: NewPage, scripts: bool) -> None:
    page = new_page(storage_state=gallery.browser_state, java_script_enabled=scripts)
    page.goto(f"{gallery.school.url}/teaching/courses/new")
    page.get_by_role("link", name="Workshop in a day").click()
    lesson = page.locator("details.panel", has_text="The plan of the day")
    lesson.locator("> summary").click()
    expect(lesson.locator("> .prose")).to_be_visible()
    page.get_by_role("link", name="Begin a course with it").click()
    page.get_by_label("Title", exact=True).fill("Bread in a day")
    page.get_by_role("button", name="Begin the course").click()
    expect(page.get_by_role("heading", name="Bread in a day", exact=True)).to_be_visible()
    begun = shown(page)
    assert len(begun) == 3
    assert "The plan of the day" in [title for titles in begun.values() for title in titles]


def send(page: Page, content: bytes, into: str = "A new course") -> None:
    """Send an archive, and wait for what comes of it."""
    file = FilePayload(name="bread.zip", mimeType="application/zip", buffer=content)
    page.get_by_label("Zip archive").set_input_files(file)
    page.get_by_label("Bring it in as").select_option(label=into)
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url(re.compile(r"/teaching/imports/\d+$"))


def wait_for(page: Page, heading: str, *, scripts: bool) -> None:
    """The page comes to say so: by itself or, without scripts, when it is looked at again."""
    found = page.get_by_role("heading", name=heading)
    again = page.get_by_role("link", name="Look again")
    for _look in range(40):
        if scripts or found.is_visible():
            break
        again.click()
        page.wait_for_timeout(300)
    expect(found).to_be_visible(timeout=15_000)


@plainly_too
def test_a_folder_of_markdown(studio: Studio, new_page: NewPage, scripts: bool) -> None:
    page = new_page(storage_state=studio.browser_state, java_script_enabled=scripts)
    page.goto(f"{studio.school.url}/teaching/courses/new")
    page.get_by_role("link", name="Import Markdown").click()
    send(page, zipped(BROKEN))
    wait_for(page, "“bread.zip” was not brought in", scripts=scripts)
    expect(page.locator("main")).to_contain_text("1-dough/3-x.md:3")
    page.get_by_role("link", name="Send another archive").click()
    send(page, zipped({**GOOD, "course/notes.txt": "x"}))
    wait_for(page, "“Bread” is in", scripts=scripts)
    expect(page.locator("main")).to_contain_text("2 lessons, 0 images.")
    expect(page.locator(".notice")).to_contain_text("course/notes.txt")
    page.get_by_role("link", name="Open the board").click()
    expect(page.get_by_role("heading", name="Bread", exact=True)).to_be_visible()
    assert list(shown(page).values()) == [["Flour", "Water"]]


def test_how_far_an_import_has_come(studio: Studio, slow_import: int, new_page: NewPage) -> None:
    page = new_page(storage_state=studio.browser_state)
    page.goto(f"{studio.school.url}/teaching/imports/{slow_import}")
    expect(page.locator("#import")).to_contain_text("1 of 4 lessons are read.")
    expect(page.get_by_role("progressbar", name="Lessons read")).to_be_visible()
    go_on(studio, slow_import, done=3)
    expect(page.locator("#import")).to_contain_text("3 of 4 lessons are read.")
    problem = {"file": "", "line": None, "message": "The worker was stopped."}
    go_on(
        studio,
        slow_import,
        state=ImportState.FAILED,
        ended_at=clock.now(),
        report={"problems": [problem]},
    )
    expect(page.get_by_role("heading", name="“slow.zip” was not brought in")).to_be_visible()
    expect(page.locator("#import")).to_contain_text("The worker was stopped.")


def test_the_ways_to_begin_are_for_everybody(
    gallery: Studio, desk: Desk, slow_import: int, new_page: NewPage
) -> None:
    teaching = f"{gallery.school.url}/teaching"
    page = desk.open(new_page, "settings/life", **LOOKED_AT)
    assert_for_everybody(
        page,
        f"{teaching}/courses/new",
        f"{teaching}/templates/template-workshop-in-a-day",
        f"{teaching}/imports/new",
        f"{teaching}/imports/{slow_import}",
    )
    for files, heading in ((BROKEN, "was not brought in"), (GOOD, "“Bread” is in")):
        page.goto(f"{teaching}/imports/new")
        send(page, zipped(files))
        wait_for(page, heading, scripts=True)
        assert_for_everybody(page, page.url)
