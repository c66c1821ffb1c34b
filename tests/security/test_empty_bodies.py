"""A request that says nothing changes nothing: what was not sent is not what was sent empty.

An address that reads fields must not write without any. A script that forgot to send them, or sent
them as JSON, must not have said "take it away" by that.
"""

from typing import Any

import pytest
from flask import Response, request

from app.blueprints.accounts.models import User
from app.core.db import db, writing
from app.core.guards import current_actor, signed_in
from tests.security.campus import Campus
from tests.security.rightful import Rightful, Write

# What reads fields and rightly writes without them, for they only add to what the address says.
COMPLETE = {
    "DELETE /admin/courses/<int:course_id>": "where to go afterwards",
    "POST   /teaching/<slug>/comments/<int:comment_id>/resolution": "where to go afterwards",
    "POST   /review/<int:request_id>/approval": "which lessons people do again",
    "POST   /teaching/<slug>/archiving": "why",
}


def faults(campus: Campus, rightful: Rightful, write: Write, *, as_json: bool) -> list[str]:
    """What `write` changes when it is sent without its fields."""
    person = rightful.school.people[write.role]
    kind: dict[str, Any] = {"json": {}} if as_json else {"data": {}}
    answer = person.send(write.call.method, write.call.path, **kind)
    changes = campus.books.changes()
    campus.books.take_back()
    told = [f"{write.call.name}: {change}" for change in changes]
    return told if answer.status_code < 500 else [*told, f"{write.call.name}: failed"]


@pytest.mark.parametrize("as_json", [False, True], ids=["form", "json"])
def test_a_write_without_its_fields_writes_nothing(
    campus: Campus, rightful: Rightful, as_json: bool
) -> None:
    needing = [one for one in rightful.writes if one.fields and one.call.name not in COMPLETE]
    assert len(needing) > 30
    told = [fault for one in needing for fault in faults(campus, rightful, one, as_json=as_json)]
    assert not told, "\n".join(told)


@signed_in
def careless() -> Response:
    """As somebody might write it: what was not sent counts as sent empty."""
    with writing():
        user = db.session.get_one(User, current_actor().id)
        user.display_name = request.form.get("display_name", "")
    return Response("")


def test_a_planted_fault_is_found(
    campus: Campus, rightful: Rightful, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(campus.app.view_functions, "accounts.rename", careless)
    write = next(w for w in rightful.writes if w.call.name == "POST   /settings/profile")
    told = "\n".join(faults(campus, rightful, write, as_json=False))
    assert "users" in told
    assert "display_name" in told
