"""Whatever is sent to whichever address, nothing of ours fails, and nothing of it is believed.

Which fields an address reads is learned by watching it read them, so that a new field is tried
from the day on which it is written. In every run each field gets some of the odd values, others
than its neighbours; the long form sends all of them everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Response, request
from werkzeug.test import TestResponse

from app.core.db.transactions import SAFE_METHODS
from app.core.guards import public
from tests.architecture.matrix import Call
from tests.security import fuzz, plausible, walk
from tests.security.campus import Campus
from tests.security.persons import Person
from tests.security.rightful import Rightful

LIKELY = ("admin", "enrolled", "owner", "learner", "anonymous")
SOME, ALL = 1, 1_000
UNREADY = "GET    /readyz"  # answers 503 while no worker runs


@dataclass(frozen=True)
class Door:
    """An address that opens: for whom, and with which fields."""

    call: Call
    person: Person
    fields: dict[str, Any]

    def send(self, path: str = "", **sent: Any) -> TestResponse:
        """Knock."""
        return self.person.send(self.call.method, path or self.call.path, **sent)


@pytest.fixture(scope="session")
def doors(built: Campus, rightful: Rightful) -> list[Door]:
    """Every address, as somebody who gets past its guard."""
    people = rightful.school.people
    found = {w.call.name: Door(w.call, people[w.role], w.fields) for w in rightful.writes}
    for call in walk.every_call(built.app, rightful.school):
        if call.name not in {*found, UNREADY} and call.method in SAFE_METHODS:
            found[call.name] = _read(built, rightful, call)
    return list(found.values())


def _read(campus: Campus, rightful: Rightful, call: Call) -> Door:
    people = rightful.school.people
    with plausible.watching(campus.app) as names:
        for role in LIKELY:
            if people[role].send(call.method, call.path).status_code < 300:
                break
    return Door(call, people[role], dict.fromkeys(names - {"_method"}, "1"))


@pytest.fixture
def take(request: pytest.FixtureRequest) -> int:
    """How many of the odd values each field gets."""
    return ALL if request.config.getoption("--soak") else SOME


def told(campus: Campus, door: Door, said: Any, response: TestResponse) -> list[str]:
    """What was wrong with one answer, in words; whatever it wrote is taken back."""
    if door.call.method not in SAFE_METHODS:
        campus.books.take_back()
    return [f"{door.call.name} {str(said)[:90]}: {fault}" for fault in fuzz.faults_of(response)]


def field_faults(campus: Campus, door: Door, at: int, take: int) -> Iterator[str]:
    """Every field that the address reads, with odd values and in odd shapes."""
    for number, name in enumerate(sorted(door.fields)):
        for value in fuzz.spread(fuzz.VALUES, at + number, take):
            fields = {**door.fields, name: value}
            if door.call.method in SAFE_METHODS:
                response = door.send(query_string=fuzz.form(fields)["data"])
            else:
                response = door.send(**fuzz.form(fields))
            yield from told(campus, door, {name: value}, response)
        if door.call.method not in SAFE_METHODS:
            shapes = tuple(fuzz.odd_forms(door.fields, name))
            for sent in fuzz.spread(shapes, at + number, max(1, take // 2)):
                yield from told(campus, door, f"{name} in another shape", door.send(**sent))


def path_faults(campus: Campus, door: Door, values: set[str], at: int, take: int) -> Iterator[str]:
    """Every part of an address that names something, as it could not rightly be."""
    parts = door.call.path.split("/")
    for place, part in enumerate(parts):
        if part in values:
            for value in fuzz.spread(fuzz.IN_A_PATH, at + place, take):
                path = "/".join([*parts[:place], value, *parts[place + 1 :]])
                yield from told(campus, door, value, door.send(path))


def body_faults(campus: Campus, door: Door, at: int, take: int) -> Iterator[str]:
    """Bodies that are no form, under names of types that may not be theirs."""
    for body in fuzz.spread(fuzz.JSON, at, max(1, take // 2)):
        sent = door.send(data=body, content_type="application/json")
        yield from told(campus, door, body[:20], sent)
    for kind in fuzz.spread(fuzz.TYPES, at, max(1, take // 2)):
        sent = door.send(data=b"\xff\x00--x\r\n", content_type=kind)
        yield from told(campus, door, kind[:40], sent)


def method_faults(campus: Campus, door: Door, at: int, take: int) -> Iterator[str]:
    """Methods that the address does not take, by themselves and in disguise."""
    for method in fuzz.spread(fuzz.METHODS, at, max(1, take // 2)):
        response = door.person.send(method, door.call.path)
        campus.books.take_back()
        yield from told(campus, door, method, response)
        disguised = f"{door.call.path}?_method={method}&_method=%00"
        yield from told(campus, door, f"_method={method}", door.send(disguised))


@pytest.mark.timeout(1800)
def test_no_field_makes_an_address_fail(campus: Campus, doors: list[Door], take: int) -> None:
    found = [f for at, door in enumerate(doors) for f in field_faults(campus, door, at, take)]
    assert not found, "\n".join(found)


@pytest.mark.timeout(1800)
def test_no_part_of_an_address_makes_it_fail(
    campus: Campus, rightful: Rightful, doors: list[Door], take: int
) -> None:
    values = {*rightful.school.parts.values(), rightful.school.draft_slug} - {"1", "0"}
    values |= {rightful.school.parts["sequence"]}
    found = [
        f for at, door in enumerate(doors) for f in path_faults(campus, door, values, at, take)
    ]
    assert not found, "\n".join(found)


@pytest.mark.timeout(1800)
def test_no_body_and_no_method_makes_an_address_fail(
    campus: Campus, doors: list[Door], take: int
) -> None:
    writes = [door for door in doors if door.call.method not in SAFE_METHODS]
    found = [f for at, door in enumerate(writes) for f in body_faults(campus, door, at, take)]
    found += [f for at, door in enumerate(doors) for f in method_faults(campus, door, at, take)]
    assert not found, "\n".join(found)


def test_no_header_makes_an_address_fail(campus: Campus, doors: list[Door]) -> None:
    some = {f"GET    {path}" for path in ("/courses", "/teaching", "/media/<asset>", "/")}
    some |= {"POST   /login", "PUT    /teaching/<slug>/board/order"}
    found = []
    for door in (door for door in doors if door.call.name in some):
        for headers in fuzz.HEADERS:
            response = door.send(headers=headers)
            if headers.get("Host") != "evil.example":  # whose links are then of that host
                found += told(campus, door, headers, response)
    assert not found, "\n".join(found)


@public
def careless() -> Response:
    """As somebody might write it: what was sent is a number, a header, a page and an address."""
    value = request.args.get("planted") or "1"
    if "evil" in value:
        return Response(status=303, headers={"Location": value.strip()})
    if value.isdecimal() and value.isascii():
        return Response(str(int(value)), headers={"X-Said": "é"})
    return Response(f"<p>{value}</p>")


def test_planted_faults_are_found(campus: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(campus.app.view_functions, "home.robots", careless)
    call = Call("GET    /robots.txt", "GET", "/robots.txt", "public")
    door = Door(call, campus.first.people["anonymous"], {"planted": "1"})
    found = "\n".join(field_faults(campus, door, 0, ALL))
    for fault in ("answers 500", "header X-Said", "leads to '//evil", "shows what"):
        assert fault in found
