"""The roster of ten thousand, and the preview of a list, in Chromium and for everybody."""

import pytest
from playwright.sync_api import Page, expect

from app.blueprints.accounts.models import User
from app.core.db import db
from tests.browser.authoring import Studio
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.factories.courses import make_course
from tests.factories.enrollments import fill_course
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser
LEARNERS = 10_000
LIST = "email,name\nada@example.org,Ada Okafor\nno address,Ben Idris\nlist-7@example.org,Known\n"


@pytest.fixture(scope="module")
def people(studio: Studio) -> str:
    """The address of the people of a course with ten thousand learners."""
    with studio.school.app.app_context():
        owner = db.session.get_one(User, studio.author_id)
        course = make_course("Soil", owner=owner)
        fill_course(course, LEARNERS)
        return f"{studio.school.url}/teaching/{course.slug}/people"


def ticked(page: Page) -> int:
    return page.locator("input[name=id]:checked").count()


def test_ten_thousand_are_found_ticked_and_decided_about(
    people: str, studio: Studio, new_page: NewPage
) -> None:
    page = new_page(storage_state=studio.browser_state, **LOOKED_AT)
    page.goto(people)
    expect(page.get_by_text("1–25 of 10000")).to_be_visible()
    expect(page.get_by_role("button", name="Take out")).to_be_disabled()
    boxes = page.locator("input[name=id]")
    boxes.nth(1).check()
    boxes.nth(4).click(modifiers=["Shift"])
    assert ticked(page) == 4
    expect(page.locator("#tick-count")).to_have_text("4 people ticked")
    page.get_by_label("All on this page").check()
    assert ticked(page) == 25
    search = page.get_by_role("searchbox", name="Search names and addresses")
    search.fill("Learner 0123")
    expect(page.get_by_text("1–10 of 10", exact=False)).to_be_visible()
    assert "q=Learner+0123" in page.url
    assert ticked(page) == 0
    page.get_by_label("All on this page").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_role("heading", name="Put 10 people on hold")).to_be_visible()
    page.get_by_label("Why").fill("The field is flooded.")
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_text("Done, for 10 people.")).to_be_visible()
    page.goto(people)
    assert_shown_to_everybody(page)


def test_a_list_is_looked_at_before_anything_happens(
    people: str, studio: Studio, new_page: NewPage
) -> None:
    page = new_page(storage_state=studio.browser_state, **LOOKED_AT)
    page.goto(f"{people}/lists/new")
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.get_by_label("File").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("“no address” is no e-mail address.")).to_be_visible()
    assert_shown_to_everybody(page)
    page.get_by_role("button", name="Bring one person in").click()
    expect(page.get_by_role("heading", name="“people.csv” is in")).to_be_visible()
