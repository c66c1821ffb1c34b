"""What is typed survives: no network, a crash, a log-out, a server that is away or has enough."""

import re
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIResponse, Error, Page, Playwright, Route, expect

from tests.browser.authoring import Desk, live, open_studio
from tests.browser.writers import (
    SAVED,
    WORDS,
    arrived,
    author_of,
    enter,
    expect_state,
    open_as,
    open_lesson,
    read,
    write_at_the_end,
)
from tests.support.browser import NewPage, kill_browser, launch_with_memory
from tests.support.servers import StartSchool, signal_group

pytestmark = pytest.mark.browser
TYPED = "About loops." + WORDS
BLOCKS = "**/blocks/*"
# What the page says of its connection from now on.
SEEN_AS = """() => {
  window.seenAs = [];
  const strip = document.getElementById("connection");
  const note = () => seenAs.push(strip.dataset.state);
  new MutationObserver(note).observe(strip, { attributeFilter: ["data-state"] });
}"""
ON_THE_SHELF = """words => new Promise(say => {
  const open = indexedDB.open("lectern-typed");
  open.onsuccess = () => {
    const all = open.result.transaction("entries").objectStore("entries").getAll();
    all.onsuccess = () => say(JSON.stringify(all.result).includes(words));
  };
})"""
WITHOUT_SHELF = "IDBObjectStore.prototype.put = () => { throw new Error('no shelf'); };"
WITHOUT_NET = WITHOUT_SHELF + "Storage.prototype.setItem = () => {}"


@pytest.fixture
def ana(desk: Desk) -> int:
    """An author with sessions that no other test uses."""
    return author_of(desk)


def crash(page: Page) -> None:
    """End the tab's process, as a fault in it would."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=3000)


def test_ten_minutes_offline(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = new_page()
    page.clock.install()
    enter(desk, page.context, ana)
    open_lesson(desk, page)
    page.context.set_offline(True)
    write_at_the_end(page, WORDS)
    page.clock.run_for(2000)
    expect_state(page, "Offline: kept in this browser")
    expect(page.locator("#connection")).to_contain_text("You are offline")
    for _ in range(10):
        page.clock.fast_forward("01:00")
    write_at_the_end(page, " And after ten minutes.")
    assert arrived(desk) == "About loops."
    page.context.set_offline(False)
    page.clock.run_for(3000)
    expect_state(page, SAVED)
    expect(page.locator("#connection")).to_be_hidden()
    assert arrived(desk) == TYPED + " And after ten minutes."


def test_an_answer_from_before_does_not_hide_that_one_is_offline(
    desk: Desk, new_page: NewPage, ana: int
) -> None:
    page = open_as(desk, new_page, ana)
    late: list[tuple[Route, APIResponse]] = []
    who = f"{desk.studio.school.url}/session"
    page.route(who, lambda route: late.append((route, route.fetch())), times=1)
    page.route("**/board/changes*", lambda route: route.abort())
    with page.expect_request(who):
        pass
    page.context.set_offline(True)
    strip = page.locator("#connection")
    expect(strip).to_be_visible()
    page.evaluate(SEEN_AS)
    [(route, answer)] = late
    with page.expect_event("requestfinished", lambda one: one.url == who):
        route.fulfill(response=answer)
    assert page.evaluate("new Promise(say => setTimeout(() => say(seenAs), 200))") == []
    expect(strip).to_be_visible()


def leave_by_crash(desk: Desk, new_page: NewPage, ana: int, script: str = "") -> None:
    """Type without a network, crash, and come back; everything must be there."""
    page = new_page()
    enter(desk, page.context, ana)
    page.add_init_script(script)
    open_lesson(desk, page)
    page.route(BLOCKS, lambda route: route.abort())
    write_at_the_end(page, WORDS)
    expect_state(page, re.compile("Not saved"))
    crash(page)
    again = page.context.new_page()
    open_lesson(desk, again)
    with suppress(AssertionError):
        expect_state(again, SAVED, 5)
    assert (read(again), arrived(desk)) == (TYPED, TYPED)


def test_a_crashed_tab(desk: Desk, new_page: NewPage, ana: int) -> None:
    leave_by_crash(desk, new_page, ana)


def test_a_crashed_tab_without_the_net_loses_text(desk: Desk, new_page: NewPage, ana: int) -> None:
    with pytest.raises(AssertionError, match="About loops"):
        leave_by_crash(desk, new_page, ana, WITHOUT_NET)


def test_text_of_a_crashed_tab_is_sent_without_opening_the_lesson(
    desk: Desk, new_page: NewPage, ana: int
) -> None:
    page = open_as(desk, new_page, ana)
    page.route(BLOCKS, lambda route: route.abort())
    write_at_the_end(page, WORDS)
    expect_state(page, re.compile("Not saved"))
    crash(page)
    board = page.context.new_page()
    board.goto(f"{desk.url}/board")
    expect(board.locator("#toasts")).to_contain_text("What you typed earlier has been saved.")
    assert arrived(desk) == TYPED
    assert board.evaluate("Object.keys(localStorage).length") == 0


def test_a_browser_that_is_killed(
    desk: Desk, playwright: Playwright, ana: int, tmp_path: Path
) -> None:
    context = launch_with_memory(playwright, tmp_path)
    enter(desk, context, ana)
    page = context.new_page()
    open_lesson(desk, page)
    context.set_offline(True)
    write_at_the_end(page, WORDS)
    page.wait_for_function(ON_THE_SHELF, arg=WORDS[-5:])
    kill_browser(tmp_path)
    again = launch_with_memory(playwright, tmp_path)
    enter(desk, again, ana)
    page = again.new_page()
    open_lesson(desk, page)
    expect_state(page, SAVED)
    assert (read(page), arrived(desk)) == (TYPED, TYPED)
    again.close()


def log_out(page: Page) -> None:
    """Log out in another tab of the same browser."""
    other = page.context.new_page()
    other.goto(page.url.partition("/teaching")[0] + "/learning")
    other.evaluate(
        "fetch('/logout', {method: 'POST', headers: JSON.parse("
        "document.body.getAttribute('hx-headers:inherited'))})"
    )
    other.close()


def test_a_log_out_in_another_tab(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = open_as(desk, new_page, ana)
    log_out(page)
    write_at_the_end(page, WORDS)
    expect_state(page, "Logged out: kept in this browser")
    strip = page.locator("#connection")
    expect(strip).to_contain_text("You are logged out.")
    expect(strip.get_by_role("link")).to_have_attribute("target", "_blank")
    write_at_the_end(page, " Still typing.")
    assert arrived(desk) == "About loops."
    enter(desk, page.context, ana)
    expect(strip).to_be_hidden(timeout=10_000)
    expect_state(page, SAVED)
    assert arrived(desk) == TYPED + " Still typing."


def test_another_person_never_sees_nor_sends_it(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = open_as(desk, new_page, ana)
    log_out(page)
    enter(desk, page.context, author_of(desk, "Ben Lind"))
    write_at_the_end(page, WORDS)
    expect(page.locator("#connection")).to_contain_text("Somebody else is logged in")
    theirs = page.context.new_page()
    open_lesson(desk, theirs)
    theirs.wait_for_timeout(2500)
    assert (read(theirs), arrived(desk)) == ("About loops.", "About loops.")
    enter(desk, page.context, ana)
    expect_state(page, SAVED)
    assert arrived(desk) == TYPED


def answering(*answers: dict[str, object]) -> Callable[[Route], None]:
    """Answer the first requests so, and let those after them through."""
    left = list(answers)

    def answer(route: Route) -> None:
        if left:
            route.fulfill(**left.pop(0))  # type: ignore[arg-type]
        else:
            route.continue_()

    return answer


def test_a_server_that_fails(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = open_as(desk, new_page, ana)
    page.route(BLOCKS, answering({"status": 500}, {"status": 502}))
    write_at_the_end(page, WORDS)
    expect_state(page, "Not saved, trying again")
    expect_state(page, SAVED)
    assert arrived(desk) == TYPED


def test_a_server_that_has_enough(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = open_as(desk, new_page, ana)
    page.route(BLOCKS, answering({"status": 429, "headers": {"Retry-After": "4"}}))
    write_at_the_end(page, WORDS)
    expect_state(page, re.compile("A lot at once: saved at"))
    page.wait_for_timeout(1500)
    assert arrived(desk) == "About loops."
    expect_state(page, SAVED)
    assert arrived(desk) == TYPED


def test_a_server_that_is_started_again(start_school: StartSchool, new_page: NewPage) -> None:
    school = start_school("sqlite", worker=False, RATE_LIMITS="off")
    desk = open_studio(school, new_page).make_course()
    page = open_as(desk, new_page, author_of(desk))
    port = urlsplit(school.url).port or 0
    signal_group(school.processes[0], signal.SIGKILL)
    write_at_the_end(page, WORDS)
    expect_state(page, "Not saved, trying again")
    school.serve(processes=1, threads=8, port=port)
    expect_state(page, SAVED, 30)
    assert arrived(desk) == TYPED


def test_a_browser_without_room_says_so(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = new_page()
    enter(desk, page.context, ana)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    open_lesson(desk, page)
    page.route(BLOCKS, lambda route: route.abort())
    write_at_the_end(page, WORDS)
    expect_state(page, re.compile("no room to keep it"))
    page.unroute(BLOCKS)
    expect_state(page, SAVED)
    assert arrived(desk) == TYPED


def test_a_title_is_kept(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = new_page()
    enter(desk, page.context, ana)
    page.goto(f"{desk.url}/board")
    live(page)
    page.route("**/lessons/*", lambda route: route.abort())
    page.locator(".card", has_text="Loops").dblclick()
    page.locator(".rename-here").fill("Loops" + WORDS)
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("The title is kept in this browser")
    crash(page)
    again = page.context.new_page()
    again.goto(f"{desk.url}/board")
    expect(again.locator(".card", has_text="Loops" + WORDS)).to_be_visible()
    assert "Loops" + WORDS in str(desk.titles)


def test_basics_are_kept(desk: Desk, new_page: NewPage, ana: int) -> None:
    page = new_page()
    enter(desk, page.context, ana)
    page.goto(f"{desk.url}/basics")
    page.locator("form[data-live]").wait_for()
    page.route("**/basics?_method=PATCH", lambda route: route.abort())
    page.get_by_label("Overview").fill("What it is" + WORDS)
    crash(page)
    again = page.context.new_page()
    again.goto(f"{desk.url}/basics")
    expect(again.get_by_label("Overview")).to_have_value("What it is" + WORDS)
    expect(again.locator(".kept-text")).to_contain_text("What you typed earlier is back")
    expect_state(again, SAVED)
    again.reload()
    expect(again.get_by_label("Overview")).to_have_value("What it is" + WORDS)
    expect(again.locator(".kept-text")).to_have_count(0)
