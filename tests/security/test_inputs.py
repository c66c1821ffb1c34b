"""Whatever is sent to whichever address, nothing of ours fails."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.db.transactions import SAFE_METHODS
from app.core.limits import limiter
from tests.architecture.matrix import Call, calls
from tests.architecture.world import World, build
from tests.factories.accounts import sign_in
from tests.support.client import CheckedClient

DOOR = ("/login", "/signup")
JSON = ("[" * 100_000, '{"order":' + "[" * 100_000, "[1, 2]", '"x"', '{"title": 5}')


@pytest.fixture
def world(app: Flask) -> World:
    """One of everything."""
    return build()


def faults_of(response: TestResponse) -> list[str]:
    """What must not be true of any answer, whatever was sent."""
    told = [] if response.status_code < 500 else [f"answered {response.status_code}"]
    # Servers write headers in latin-1, and fail where they cannot.
    told += [f"header {name}: {value!r}" for name, value in response.headers if not value.isascii()]
    return told


def client_for(app: Flask, world: World, call: Call) -> CheckedClient:
    """A client that gets past every guard: an administrator's, or a stranger's at the door."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    if call.path not in DOOR:
        sign_in(client, world.people["admin"])
    return client


def distinct(app: Flask, world: World) -> Iterator[Call]:
    """Each address once: what lies below a course, for the draft where that can be edited."""
    listed = list(calls(app, world))
    drafts = {call.name.removesuffix(" (draft)") for call in listed if "/teaching/" in call.name}
    for call in listed:
        is_draft = call.name.endswith("(draft)")
        if is_draft == (call.name.removesuffix(" (draft)") in drafts and "<slug>" in call.name):
            yield call


def test_no_json_makes_an_address_fail(app: Flask, world: World) -> None:
    told = []
    for call in distinct(app, world):
        if call.method in SAFE_METHODS:
            continue
        client = client_for(app, world, call)
        for body in JSON:
            limiter.reset()
            response = client.open(
                call.path,
                method=call.method,
                failing=True,
                data=body,
                content_type="application/json",
            )
            told += [f"{call.name} {body[:9]}: {fault}" for fault in faults_of(response)]
    assert not told, "\n".join(told)


HEADERS: list[dict[str, str]] = [
    {"Origin": "http://["},
    {"Origin": "null"},
    {"Host": "[x"},
    {"Host": "a b<c>"},
    {"Cookie": "lectern=\xff.\xff; theme=\xff"},
    {"Accept-Language": "x" * 10_000},
    {"Accept": "a/b;q=x,,;"},
    {"If-None-Match": 'W/"' + "x" * 10_000},
    {"Range": "bytes=9-1,-5"},
    {"X-Request-Id": "a\tb" * 100},
    {"User-Agent": "\xff" * 5_000},
    {"Content-Type": "multipart/form-data; boundary="},
]


def test_no_header_makes_an_address_fail(app: Flask, world: World) -> None:
    client = client_for(app, world, Call("", "GET", "/", ""))
    told = []
    for headers in HEADERS:
        for path in ("/courses", f"/media/{world.parts['asset']}", "/teaching"):
            told += faults_of(client.get(path, headers=headers, failing=True))
        told += faults_of(client.post("/login", headers=headers, failing=True))
    assert not told, "\n".join(told)
