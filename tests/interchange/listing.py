"""Sending lists of people as somebody at a browser does."""

import io
import re

from werkzeug.test import TestResponse

from app.blueprints.courses.models import Course
from tests.support.client import CheckedClient

AGREED = re.compile(r'name="agreed" value="(\w+)"')


def at(course: Course, place: str = "lists") -> str:
    return f"/teaching/{course.slug}/people/{place}"


def send(client: CheckedClient, course: Course, content: bytes | str, cohort: str = "") -> str:
    """Send a list; return the address of its preview."""
    response = upload(client, course, content, cohort)
    assert response.status_code == 303, response.text[:2000]
    return response.location


def upload(
    client: CheckedClient, course: Course, content: bytes | str, cohort: str = ""
) -> TestResponse:
    sent = content.encode() if isinstance(content, str) else content
    form = {"cohort": cohort, "file": (io.BytesIO(sent), "people.csv")}
    return client.post(at(course), data=form, content_type="multipart/form-data")


def agree(client: CheckedClient, preview: str, agreed: str | None = None) -> TestResponse:
    """Press the button of the preview."""
    found = AGREED.search(client.get(preview).text)
    word = agreed or (found[1] if found else "")
    return client.post(f"{preview}/agreement", data={"agreed": word})
