"""The enrol card as somebody sees it, and its buttons."""

from app.blueprints.courses.models import Course
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql


def card(client: CheckedClient, course: Course) -> str:
    """The part of the page that says how one stands."""
    with count_sql(at_most=8):
        page = client.get(f"/courses/{course.slug}")
    assert page.status_code == 200
    part = client.get(f"/courses/{course.slug}/enrollment", headers=PART).text
    words = [line.strip() for line in part.splitlines() if line.strip() and "csrf" not in line]
    assert all(one in page.text for one in words[1:])  # the same partial
    return part


def send(
    client: CheckedClient, course: Course, what: str, *, part: bool = False, **data: object
) -> tuple[int, str]:
    """Press a button of the card, plainly or by script; return what comes of it."""
    sent = client.post(f"/courses/{course.slug}/{what}", data=data, headers=PART if part else {})
    if sent.status_code == 303:
        assert sent.location == f"/courses/{course.slug}"
        return 303, client.get(sent.location).text
    return sent.status_code, sent.text
