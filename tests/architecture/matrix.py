"""Every address called as every kind of person, and the table of what each is answered.

The table `route_matrix.txt` is reviewed like code: whoever changes who may do what sees it there.
`make matrix` writes it anew.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from app.core.db import db
from app.core.db.transactions import SAFE_METHODS
from app.core.guards import guard_name
from app.core.limits import limiter
from tests.architecture.world import ROLES, World
from tests.factories.accounts import sign_in
from tests.support.client import CheckedClient

Table = dict[str, dict[str, str]]
FILE = Path(__file__).with_name("route_matrix.txt")
HEAD = """\
# What each address answers to whom; made by `make matrix`, reviewed by people.
# A write is sent with a valid CSRF token and no fields: 400, 409, 422 and 429 mean that the person
# got past the guard. What lies below a course is called twice, the second time for a draft.
"""
UNCALLED = {"HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Call:
    """One method of one address, filled in."""

    name: str
    method: str
    path: str
    guard: str


def calls(app: Flask, world: World) -> list[Call]:
    """Every call that there is, in the order of the table."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return [call for rule in rules for call in _calls_of(app, rule, world)]


def column(app: Flask, world: World, role: str) -> dict[str, str]:
    """What `role` is answered, by call; each write begins from the same state."""
    answers = {}
    for call in calls(app, world):
        limiter.reset()
        with undone(call.method):
            client = app.test_client()
            assert isinstance(client, CheckedClient)
            if role != "anonymous":
                sign_in(client, world.people[role])
            response = client.open(call.path, method=call.method)
            answers[call.name] = str(response.status_code)
    return answers


def write(listed: list[Call], columns: Mapping[str, Mapping[str, str]]) -> None:
    """Write the table."""
    wide, guard = (max(len(getattr(one, name)) for one in listed) for name in ("name", "guard"))
    lines = [f"{'':{wide}} | {'':{guard}} | {' '.join(f'{role:<10}' for role in ROLES)}"]
    for call in listed:
        answers = " ".join(f"{columns[role][call.name]:<10}" for role in ROLES)
        lines.append(f"{call.name:{wide}} | {call.guard:{guard}} | {answers}")
    FILE.write_text(HEAD + "\n" + "\n".join(line.rstrip() for line in lines) + "\n")


def reviewed(text: str) -> Table:
    """The answers in a table, by call and role."""
    rows = [line.split("|") for line in text.splitlines() if line.strip() and line[0] not in "# "]
    return {row[0].strip(): dict(zip(ROLES, row[2].split(), strict=True)) for row in rows}


def differences(table: Table, role: str, found: Mapping[str, str]) -> list[str]:
    """How what `role` is answered differs from the reviewed table, in words."""
    told = []
    for name in sorted(table.keys() | found.keys()):
        before, now = table.get(name, {}).get(role), found.get(name)
        if before != now:
            told.append(f"{name} as {role}: {before or 'not there'} → {now or 'not there'}")
    return told


def _calls_of(app: Flask, rule: Rule, world: World) -> Iterator[Call]:
    guard = guard_name(app.view_functions[rule.endpoint]) or "NO GUARD"
    parts = {name: part(rule, name, world.parts) for name in rule.arguments}
    for method in sorted((rule.methods or set()) - UNCALLED):
        name = f"{method:<6} {rule.rule}"
        yield Call(name, method, fill(rule, parts), guard)
        if "slug" in rule.arguments and "course" in guard:
            draft = fill(rule, {**parts, "slug": world.draft_slug})
            yield Call(f"{name} (draft)", method, draft, guard)


def part(rule: Rule, name: str, parts: Mapping[str, str]) -> str:
    """What stands for one argument of an address."""
    above = re.search(rf"/([^/]+)/<(?:[^<>]*:)?{name}>", rule.rule)
    for known in (f"{above[1]}/{name}" if above else "", name):
        if known in parts:
            return parts[known]
    raise AssertionError(f"{rule.rule}: tests/architecture/world.py says nothing for <{name}>")


def fill(rule: Rule, parts: Mapping[str, str]) -> str:
    """The address with its arguments."""
    return re.sub(r"<(?:[^<>]*:)?([^<>:]+)>", lambda found: parts[found[1]], rule.rule)


@contextmanager
def undone(method: str) -> Iterator[None]:
    """Put the database back after a write."""
    if method in SAFE_METHODS:
        yield
        return
    database = Path(db.engine.url.database or "")
    kept = database.with_suffix(".kept")
    db.session.remove()
    db.engine.dispose()
    shutil.copyfile(database, kept)
    yield
    db.session.remove()
    db.engine.dispose()
    kept.replace(database)
