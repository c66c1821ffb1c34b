"""A board of two hundred lessons in Chromium: what a move sends, and that keys do not wait."""

import pytest
from playwright.sync_api import expect

from app.blueprints.accounts.models import User
from app.core.db import db
from tests.browser.authoring import Studio, live
from tests.factories.courses import make_course
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser
# Two columns of forty cards; the page has five. Compressed, as gunicorn sends it.
MOST_ON_THE_WIRE = 12_000
# Within a frame at 60 Hz on a machine of its own; the tests' share theirs.
MOST_TO_FOCUS = 60
FOCUS = """async () => {
  const times = [];
  document.querySelector("#columns .card .title").focus();
  for (let i = 0; i < 40; i++) {
    const key = ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"][i % 4];
    const begun = performance.now();
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
    times.push(performance.now() - begun);
    await new Promise(requestAnimationFrame);
  }
  return times.sort((a, b) => a - b)[20];
}"""


def test_two_hundred_lessons(studio: Studio, new_page: NewPage) -> None:
    with studio.school.app.app_context():
        owner = db.session.get_one(User, studio.author_id)
        slug = make_course(owner=owner, modules=5, lessons=40).slug
    page = new_page(storage_state=studio.browser_state)
    page.goto(f"{studio.school.url}/teaching/{slug}/board")
    live(page)
    assert page.evaluate(FOCUS) < MOST_TO_FOCUS
    page.get_by_role("link", name="Lesson 3", exact=True).focus()
    with page.expect_response("**/move") as answered:
        for key in ("Space", "ArrowRight", "Space"):
            page.keyboard.press(key)
    assert answered.value.text().count('class="column"') == 2
    assert answered.value.request.sizes()["responseBodySize"] < MOST_ON_THE_WIRE
    expect(page.locator("#announcer")).to_contain_text("moved to position 3 of 41 in “Part 2”")
    expect(page.locator(":focus")).to_have_text("Lesson 3")
