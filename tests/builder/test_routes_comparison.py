"""Two versions side by side, as pages."""

import pytest

from app.blueprints.builder import services
from app.blueprints.builder.rules.texts import ReplaceBlocks
from app.blueprints.courses.models import Course, CourseRole
from app.core.actor import Actor
from app.core.db import writing
from tests.builder.pages import base, give_role
from tests.builder.steps import add_lesson, add_module, keys_of, publish
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def admin(client: CheckedClient) -> Actor:
    """Somebody who may see every version, signed in."""
    user = make_user("Ines Cole", roles=["admin"])
    sign_in(client, user)
    return actor_for(user)


def say(author: Actor, course: Course, lesson: str, *html: str) -> None:
    """Let a lesson say these texts, and nothing else."""
    blocks = tuple(
        {"key": f"block{at:07}", "type": "text", "html": text} for at, text in enumerate(html)
    )
    change = ReplaceBlocks(blocks)
    prepared = services.prepare_text(author, course_id=course.id, lesson=lesson, change=change)
    with writing():
        services.save_text(author, prepared)


@pytest.fixture
def lessons(author: Actor, admin: Actor, course: Course) -> list[str]:
    """A course in its second version and a draft: sand rewritten, clay gone, silt came."""
    sand, clay, loam = (add_lesson(author, course, title) for title in ("Sand", "Clay", "Loam"))
    say(author, course, sand, "<p>Sand is coarse and dry.</p>", "<p>It drains.</p>")
    say(author, course, clay, "<p>Clay is fine.</p>")
    say(author, course, loam, "<p>Loam is both.</p>")
    publish(admin, course)
    say(author, course, sand, "<p>Sand is coarse and light.</p>", "<p><b>It drains.</b></p>")
    with writing():
        services.remove_lesson(author, course_id=course.id, key=clay)
    publish(admin, course)
    silt = add_lesson(author, course, "Silt", add_module(author, course, "Finer"))
    say(author, course, silt, "<p>Silt is &lt;between&gt;.</p>")
    return [sand, clay, loam, silt]


def test_the_structure_stands_side_by_side(
    client: CheckedClient, course: Course, lessons: list[str]
) -> None:
    sand = lessons[0]
    with count_sql(at_most=9):
        page = client.get(f"{base(course)}/versions/compare?from=1&to=draft").text
    for words in ("Version 1", "The draft", "Removed", "Added", "Rewritten", "Finer"):
        assert words in page
    assert "1 lesson is the same" in page
    assert "Loam" not in page
    assert "Loam" in client.get(f"{base(course)}/versions/compare?from=1&to=draft&all=1").text
    assert f"{base(course)}/versions/compare/{sand}?from=1&amp;to=draft" in page
    newest = client.get(f"{base(course)}/versions/compare").text
    assert '<option value="draft" selected>' in newest
    assert '<option value="2" selected>' in newest
    same = client.get(f"{base(course)}/versions/compare?from=2&to=2").text
    assert "No difference in modules and lessons" in same


def test_a_text_stands_block_by_block(
    client: CheckedClient, course: Course, lessons: list[str]
) -> None:
    sand, clay, _, silt = lessons
    address = f"{base(course)}/versions/compare"
    with count_sql(at_most=9):
        page = client.get(f"{address}/{sand}?from=1&to=2").text
    assert '<del><span class="visually-hidden">[removed: </span>dry.' in page
    assert '<ins><span class="visually-hidden">[added: </span>light.' in page
    assert "Only formatted otherwise" in page
    assert "<b>It drains.</b>" in page
    gone = client.get(f"{address}/{clay}?from=1&to=2").text
    assert "Version 2 does not have this lesson." in gone
    assert "Clay is fine." in gone
    came = client.get(f"{address}/{silt}?from=2&to=draft").text
    assert "Silt is &lt;between&gt;." in came
    assert f'href="{address}/{silt}' not in came


def test_a_long_text_is_cut_and_says_so(
    client: CheckedClient, author: Actor, admin: Actor, course: Course
) -> None:
    lesson = add_lesson(author, course, "Long")
    texts = [f"<p>{'word ' * 3000}{number}</p>" for number in range(20)]
    say(author, course, lesson, *texts)
    publish(admin, course)
    say(author, course, lesson, *(text.replace("word", "other") for text in texts))
    page = client.get(f"{base(course)}/versions/compare/{lesson}")
    assert page.status_code == 200
    assert "Not shown: this lesson is too long" in page.text
    assert len(page.data) < 300_000


@pytest.mark.parametrize(
    "query", ["from=3", "to=9", "from=x", "to=-1", "from=1&to=99999999999", "from=²"]
)
def test_there_is_no_such_version(
    client: CheckedClient, course: Course, lessons: list[str], query: str
) -> None:
    assert client.get(f"{base(course)}/versions/compare?{query}").status_code == 404
    assert client.get(f"{base(course)}/versions/compare/{lessons[0]}?{query}").status_code == 404


def test_what_is_not_there_is_not_compared(
    client: CheckedClient, course: Course, lessons: list[str]
) -> None:
    assert client.get(f"{base(course)}/versions/compare/gone?from=1&to=2").status_code == 404


def test_only_authors_and_approvers_compare(
    client: CheckedClient, course: Course, lessons: list[str]
) -> None:
    for user, status in (
        (make_user("A Stranger"), 403),
        (give_role(course, make_user("An Assistant"), CourseRole.ASSISTANT), 403),
        (make_user("An Approver", roles=["approver"]), 200),
    ):
        sign_in(client, user)
        for path in ("compare", f"compare/{lessons[0]}"):
            assert client.get(f"{base(course)}/versions/{path}").status_code == status


def test_a_draft_that_was_never_published_is_compared_with_itself(
    client: CheckedClient, admin: Actor, course: Course
) -> None:
    assert keys_of(course)
    assert client.get(f"{base(course)}/versions/compare").status_code == 200
