"""One running school for all tests of the builder in a process; each makes its own course."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.authoring import Desk, Studio, open_studio
from tests.support import run
from tests.support.databases import make_sqlite
from tests.support.servers import School

# A busy machine is slow to show what is right; what is wrong stays wrong.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def studio(browser: Browser) -> Iterator[Studio]:
    """A school with a worker and an author who is signed in."""
    path = run.own_folder() / "studio.db"
    make_sqlite(path)
    school = School(f"sqlite:///{path}", RATE_LIMITS="off")
    school.serve(processes=1, threads=8)
    school.command("worker", "--local")
    with browser.new_context() as context:
        yield open_studio(school, context.new_page)
    school.stop()


@pytest.fixture(scope="session")
def plain_studio(studio: Studio, browser: Browser) -> Iterator[Studio]:
    """The same school with an author who may not publish without a review."""
    with browser.new_context() as context:
        yield open_studio(studio.school, context.new_page, roles=["contributor"])


@pytest.fixture
def plain_desk(plain_studio: Studio) -> Desk:
    """A course of that author's."""
    return plain_studio.make_course()


@pytest.fixture
def desk(studio: Studio) -> Desk:
    """A course of three modules with eight lessons."""
    return studio.make_course()
