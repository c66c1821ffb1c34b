"""Chromium under Playwright, which finds nothing but this machine."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

NewPage = Callable[..., Page]
# The one without windows draws the same pages for a fifth less work.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 375, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
_complaints: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()
_ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, or Playwright's own. Skips where there is neither."""
    browser = playwright.chromium.launch(executable_path=_program(playwright), args=FLAGS)
    yield browser
    browser.close()


def launch_with_memory(playwright: Playwright, folder: Path) -> BrowserContext:
    """Start a browser of its own that remembers, in `folder`, what an earlier one kept there."""
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=_program(playwright), args=FLAGS
    )
    context.set_default_timeout(20_000)
    return context


def kill_browser(folder: Path) -> None:
    """End the browser that remembers in `folder` at once, as if the power had gone."""
    for found in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = found.read_text().split("\0")
            if f"--user-data-dir={folder}" in words and not any("--type=" in one for one in words):
                os.kill(int(found.parent.name), signal.SIGKILL)


def _program(playwright: Playwright) -> str:
    own = playwright.chromium.executable_path
    program = next((found for name in (*PROGRAMS, own) if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("Chromium is not installed here")
    return program


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Open pages, each with cookies of its own: `new_page(viewport=PHONE, color_scheme="dark")`.

    After the test, what went wrong in any of them fails it: a script error, a refusal by the
    content security policy, a request to the outside.
    """
    pages: list[Page] = []
    with ExitStack() as opened:

        def new(**options: Any) -> Page:
            context = browser.new_context(**{"viewport": DESKTOP, **options})
            opened.callback(context.close)
            page = context.new_page()
            _watch(context, page)
            pages.append(page)
            return page

        yield new
    complaints = [complaint for page in pages for complaint in complaints_of(page)]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page on a desktop screen."""
    return new_page()


def complaints_of(page: Page) -> list[str]:
    """What went wrong in the page so far; a test that expects it takes it out of the list."""
    return _complaints.setdefault(page, [])


def _watch(context: BrowserContext, page: Page) -> None:
    complaints = complaints_of(page)
    context.set_default_timeout(20_000)
    # Seen when they have failed: to stop each request and look at it is a sixth of a test's work.
    context.on("requestfailed", lambda request: _tell_if_elsewhere(request, complaints))
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: (
            complaints.append(f"refused: {message.text}")
            if "Content Security Policy" in message.text or "integrity" in message.text
            else None
        ),
    )


def _tell_if_elsewhere(request: Request, complaints: list[str]) -> None:
    if _ELSEWHERE.match(request.url):
        complaints.append(f"a request to the outside: {request.url}")
