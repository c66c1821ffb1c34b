"""A review from end to end in Chromium: comments on a block, an answer, an edit, an approval."""

import pytest
from playwright.sync_api import Page, expect

from app.blueprints.courses.queries import get_course
from tests.browser.authoring import Desk
from tests.browser.everybody import (
    LOOKED_AT,
    assert_for_everybody,
    assert_shown_to_everybody,
)
from tests.factories.accounts import PASSWORD, make_user
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser


def log_in(new_page: NewPage, desk: Desk, name: str, *roles: str, **options: object) -> Page:
    """Open a browser of a new person with these roles."""
    with desk.studio.school.app.app_context():
        email = make_user(name, roles=roles).email
    page = new_page(**options)
    page.goto(f"{desk.studio.school.url}/login?next=/review")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk.studio.school.url}/review")
    return page


def submit(desk: Desk, page: Page) -> None:
    """Ask for a review as an author does who may not publish."""
    page.goto(f"{desk.url}/review")
    page.get_by_label("Note for the reviewer").fill("Please look at the loops.")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("heading", name="Waiting for review")).to_be_visible()


def test_from_submission_to_publication(plain_desk: Desk, new_page: NewPage) -> None:
    desk = plain_desk
    author = desk.open(new_page, "review")
    submit(desk, author)
    approver = log_in(new_page, desk, "Ines Cole", "approver")
    approver.get_by_role("link", name="Programming").last.click()
    expect(approver.get_by_text("Please look at the loops.")).to_be_visible()
    review = approver.url
    approver.get_by_role("link", name="Loops").click()
    approver.get_by_text("Comment on block 1").click()
    approver.get_by_label("Comment").first.fill("Which loops?")
    approver.get_by_role("button", name="Comment").first.click()
    expect(approver.locator(".thread")).to_contain_text("Which loops?")

    author.goto(f"{desk.url}/review")
    author.locator("#comments").get_by_role("link", name="Loops").click()
    expect(author.locator(".lesson-comments")).to_contain_text("Which loops?")
    assert "#block-" in author.url
    author.get_by_text("Answer", exact=True).click()
    author.get_by_label("Answer to Ines Cole").fill("While loops.")
    author.get_by_role("button", name="Send the answer").click()
    expect(author.locator(".thread")).to_contain_text("While loops.")
    author.get_by_role("button", name="Resolve").click()
    expect(author.locator(".lesson-comments")).to_contain_text("Resolved by")
    author.locator("#blocks [contenteditable]").first.click()
    author.keyboard.type("While. ")
    expect(author.locator("#save-state")).to_contain_text("Saved at")

    approver.goto(review)
    expect(approver.locator("#since")).to_contain_text("Loops")
    expect(approver.get_by_role("button", name="Approve and publish")).to_be_disabled()
    submit(desk, author)
    approver.goto(f"{desk.studio.school.url}/review")
    approver.get_by_role("link", name="Programming").last.click()
    approver.get_by_role("button", name="Approve and publish version 1").click()
    done = approver.get_by_role("heading", name="Version 1 is published")
    expect(done).to_be_visible(timeout=20000)
    with desk.studio.school.app.app_context():
        assert get_course(desk.course.id).current_version_id
    author.goto(f"{desk.url}/reviews")
    expect(author.locator("main")).to_contain_text("Edited after it was submitted.")
    expect(author.locator("main")).to_contain_text("In review → Published")


def test_a_tip_leads_straight_to_its_block(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.get_by_role("link", name="Loops", exact=True).click()
    page.get_by_role("button", name="Code", exact=True).last.click()
    page.locator("#blocks textarea[name^=code]").fill("print(1)")
    page.locator("#blocks input[name^=language]").fill("")
    expect(page.locator("#lesson-fixes")).to_contain_text("names no language")
    page.goto(f"{desk.url}/review")
    page.get_by_role("link", name="Loops: This code names no language").click()
    expect(page.locator(".block:target")).to_be_in_viewport()
    assert "names no language" in page.locator("#lesson-fixes").inner_text()


def test_the_pages_of_a_review_are_for_everybody(plain_desk: Desk, new_page: NewPage) -> None:
    desk = plain_desk
    author = desk.open(new_page, "review", **LOOKED_AT)
    submit(desk, author)
    approver = log_in(new_page, desk, "Jun Sato", "approver", **LOOKED_AT)
    assert_shown_to_everybody(approver)
    approver.get_by_role("link", name="Programming").last.click()
    review = approver.url
    approver.get_by_role("link", name="Loops").click()
    approver.get_by_text("Comment on block 1").click()
    approver.get_by_label("Comment").first.fill("Which loops?")
    approver.get_by_role("button", name="Comment").first.click()
    expect(approver.locator(".thread")).to_be_visible()
    lesson = approver.url
    for page, address in (
        (approver, lesson),
        (approver, review),
        (author, f"{desk.url}/review"),
        (author, f"{desk.url}/reviews"),
    ):
        assert_for_everybody(page, address)
