"""Nobody sets what is the server's by adding it to a form.

Each write that succeeds is sent once more with the name of every column that there is.
"""

import json
from typing import Any

import pytest
from flask import Response, request
from sqlalchemy import JSON, Boolean, Enum, Integer
from sqlalchemy.sql.type_api import TypeEngine

from app.blueprints.accounts.models import User
from app.core.db import Base, db, writing
from app.core.guards import current_actor, signed_in
from tests.security.books import Change
from tests.security.campus import Campus
from tests.security.rightful import Rightful, Write

NUMBER, WORDS, MOMENT = "424242", "mass assigned", "2001-02-03 04:05:06"


def value_for(kind: TypeEngine[Any]) -> str:
    """What a column of this type could hold, and nobody else writes."""
    if isinstance(kind, Enum):
        return str(kind.enums[-1])
    if isinstance(kind, Boolean):
        return "y"
    if isinstance(kind, Integer):
        return NUMBER
    if isinstance(kind, JSON):
        return json.dumps([WORDS])
    return MOMENT if "TIME" in str(kind).upper() else WORDS


def everything() -> dict[str, str]:
    """Every column's name, with a value."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    return {column.name: value_for(column.type) for column in columns}


def shape(changes: list[Change] | tuple[Change, ...]) -> set[str]:
    """Which rows and columns changed."""
    return {str(change) for change in changes}


def taken(changes: list[Change], fields: dict[str, Any]) -> set[str]:
    """The columns that now hold what was only sent along."""
    odd = {NUMBER, WORDS, MOMENT} - set(map(str, fields.values()))
    return {
        f"{change.table}.{name} holds {now}"
        for change in changes
        for name, (_, now) in change.columns.items()
        if any(value in str(now) for value in odd)
    }


def faults(campus: Campus, school: Any, write: Write, *, as_json: bool) -> list[str]:
    """What one write does that it does not do when it is sent plainly."""
    call, person = write.call, school.people[write.role]
    sent: dict[str, Any] = {**everything(), **write.fields}
    if as_json:
        rows = [line.partition(":") for line in str(sent.get("order", "")).splitlines()]
        sent["order"] = [[module, keys.split()] for module, _, keys in rows]
        plain = {name: value for name, value in sent.items() if not callable(value)}
        response = person.send(call.method, call.path, json=plain)
    else:
        more = {name: value for name, value in sent.items() if name not in write.fields}
        response = person.send(call.method, call.path, data=sent, query_string=more)
    changes = campus.books.changes()
    told = taken(changes, write.fields)
    if response.status_code >= 500:
        told.add(f"answered {response.status_code}")
    if (
        not as_json
    ):  # to most addresses JSON is a form without fields, which may mean something else
        told |= shape(changes) ^ shape(write.changes)
    campus.books.take_back()
    return [f"{call.name} at {call.path}: {fault}" for fault in sorted(told)]


@pytest.mark.parametrize("as_json", [False, True], ids=["form", "json"])
def test_no_write_takes_more_than_its_own_fields(
    campus: Campus, rightful: Rightful, as_json: bool
) -> None:
    told = [
        fault
        for write in rightful.writes
        for fault in faults(campus, rightful.school, write, as_json=as_json)
    ]
    advice = "a field that is meant belongs into tests/security/plausible.py"
    assert not told, "\n".join([advice, *told])


@signed_in
def careless() -> Response:
    """As somebody might write it: whatever is sent is stored."""
    with writing():
        user = db.session.get_one(User, current_actor().id)
        for name, value in request.form.items():
            if name in ("display_name", "is_admin", "password_hash"):
                setattr(user, name, value if name != "is_admin" else True)
    return Response("")


def test_a_planted_fault_is_found(
    campus: Campus, rightful: Rightful, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(campus.app.view_functions, "accounts.rename", careless)
    write = next(w for w in rightful.writes if w.call.name == "POST   /settings/profile")
    told = "\n".join(faults(campus, rightful.school, write, as_json=False))
    assert "users.password_hash holds mass assigned" in told
    assert "is_admin" in told
