"""Basics and lesson settings save themselves, field by field, and say how far they are."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.blueprints.accounts.models import User
from app.blueprints.builder import services
from app.blueprints.builder.rules.fields import Field
from app.blueprints.courses.models import CourseVersion, Lesson
from app.core.db import db, writing
from tests.browser.authoring import Desk, live
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.browser.writers import SAVED, author_of, editor_of, expect_state, key_of
from tests.builder.pages import card_of, version_of
from tests.factories.accounts import actor_for
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser


def basics(desk: Desk) -> CourseVersion:
    """What the database holds of the course."""
    with desk.studio.school.app.app_context():
        return version_of(desk.course)


def lesson(desk: Desk, title: str) -> Lesson:
    """What the database holds of a lesson."""
    key = key_of(desk, title)
    with desk.studio.school.app.app_context():
        return card_of(desk.course, key)


def open_basics(desk: Desk, new_page: NewPage, **options: Any) -> Page:
    """Open the first step, and wait until it saves itself."""
    page = desk.open(new_page, "basics", **options)
    page.locator("form[data-live]").wait_for()
    return page


def save_elsewhere(desk: Desk, person: int, **fields: Field) -> None:
    """Let a colleague save fields of the basics."""
    with desk.studio.school.app.app_context():
        actor = actor_for(db.session.get_one(User, person))
        with writing():
            services.save_basics(actor, course_id=desk.course.id, fields=fields)


def test_basics_save_themselves_and_keep_what_is_typed_offline(
    desk: Desk, new_page: NewPage
) -> None:
    page = open_basics(desk, new_page)
    expect(page.get_by_role("button", name="Save the basics")).to_be_hidden()
    save_elsewhere(desk, author_of(desk), language=Field("de", "en"))
    page.get_by_label("Summary").press_sequentially("Loops and lists.")
    expect_state(page, SAVED)
    assert (basics(desk).summary, basics(desk).language) == ("Loops and lists.", "de")
    page.get_by_label("Title").fill("Programming at last")
    page.get_by_label("Overview").focus()
    expect(page.locator("h1")).to_have_text("Programming at last")
    page.context.set_offline(True)
    page.get_by_label("Overview").press_sequentially("All of it.")
    expect_state(page, "Offline: kept in this browser")
    assert basics(desk).overview == ""
    page.context.set_offline(False)
    expect_state(page, SAVED)
    page.reload()
    expect(page.get_by_label("Overview")).to_have_value("All of it.")
    expect(page.locator(".kept-text")).to_have_count(0)


def test_both_texts_of_one_field_are_shown_and_nonsense_is_told_beside_it(
    desk: Desk, new_page: NewPage
) -> None:
    page = open_basics(desk, new_page, **LOOKED_AT)
    save_elsewhere(desk, author_of(desk), summary=Field("Theirs.", ""))
    page.get_by_label("Title").fill("")
    page.get_by_label("Summary").fill("Mine.")
    expect_state(page, "Two people changed this: choose")
    expect(page.locator(".versus")).to_have_text(re.compile("Mine.*Theirs", re.DOTALL))
    expect(page.get_by_label("Title")).to_have_accessible_description("Give it a title.")
    assert_shown_to_everybody(page)
    page.get_by_role("button", name="Keep mine").click()
    expect_state(page, "Not saved: Give it a title.")
    assert (basics(desk).summary, basics(desk).title) == ("Mine.", "Programming")
    page.get_by_label("Title").fill("Programming well")
    expect_state(page, SAVED)
    expect(page.locator(".error")).to_have_count(0)
    save_elsewhere(desk, author_of(desk), summary=Field("Theirs again.", "Mine."))
    page.get_by_label("Summary").fill("Mine again.")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("Summary")).to_have_value("Theirs again.")
    expect_state(page, SAVED)


def test_settings_of_a_lesson_save_themselves(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, f"lessons/{key_of(desk, 'Loops')}?settings=1")
    live(page)
    page.locator(".lesson-settings form[data-live]").wait_for()
    settings = page.locator(".lesson-settings")
    expect(settings.get_by_role("button", name="Save the settings")).to_be_hidden()
    settings.get_by_label("Counts as").select_option("Optional")
    settings.get_by_label("Title").fill("Loops and more")
    settings.get_by_label("After some time on the page").check()
    expect(settings.locator(".error")).to_have_text(
        "Give a time between one second and four hours."
    )
    expect(page.locator("#drawer-title")).to_have_text("Loops and more")
    settings.get_by_label("Minutes on the page").fill("3")
    expect_state(page, SAVED)
    expect(settings.locator(".error")).to_have_count(0)
    expect(settings.locator(".chips")).to_contain_text("Done after 3 min")
    expect(page.locator(".card", has_text="Loops and more")).to_be_visible()
    editor_of(page).click()
    page.keyboard.insert_text("word " * 410)
    expect(settings.locator(".chips")).to_contain_text("about 3 min")
    saved = lesson(desk, "Loops and more")
    assert (saved.is_required, saved.completion_seconds) == (False, 180)
