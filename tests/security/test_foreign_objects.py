"""Nobody reads, changes or even learns of what belongs to another school, whatever they name.

The walk calls every address of the application: a new one is tried from its first day.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, request
from werkzeug.test import TestResponse

from app.blueprints.courses.models import Course, Lesson
from app.core.db import db, writing
from app.core.db.transactions import SAFE_METHODS
from app.core.guards import public, signed_in
from tests.architecture.matrix import Call
from tests.security import plausible, walk
from tests.security.books import Change
from tests.security.campus import Campus
from tests.security.persons import Person
from tests.security.rightful import Rightful
from tests.security.schools import CANARY, School, without_a_row

STRANGERS = ("anonymous", "learner", "enrolled", "owner", "contributor")
OTHERS = ("paused", "withdrawn", "assistant", "instructor")
# Those who have every right in one course, and so the best chance below it.
ABOVE = ("owner", "admin")
# Addresses that answer anybody, with what anybody may know.
OPEN = {
    "/certificates/<serial>": "a certificate is shown to whoever is given its address",
    "/covers/<int:style>/<slug>.svg": "a cover is drawn from the address alone",
    "/static/<old_build>/<path:path>": "the same files for everybody",
    "/styleguide/<name>": "specimens, while developing",
    "/teaching/invitations/<token>": "whoever has the link is who was asked",
}
REPEATED = {
    "DELETE /teaching/<slug>/lessons/<key>/blocks/<block>": "a block that is gone may be taken out",
}
# What is one for all: subjects, categories, tags and tiers are nobody's secret.
SHARED = frozenset({"subjects", "tiers", "categories", "tags"})
GUARDS_OF_PLACES = ("can_administer", "can_review", "can_create_course")


def refusals(call: Call, person: Person) -> set[int]:
    """How a stranger may be refused: as if there were nothing, or at a door that names nothing."""
    if call.guard.startswith("course:") or call.guard == "public":
        return {404}
    if not person.is_known:
        return {303 if call.method in SAFE_METHODS else 401}
    if call.guard in GUARDS_OF_PLACES:  # whoever may enter the place finds nothing there
        return {403, 404}
    return {403} if "<serial>" in call.name else {404}


def foreign_words(response: TestResponse, foreign: School) -> set[str]:
    """The canaries of the other school in an answer."""
    said = response.text + str(response.headers)
    return {
        match[0]
        for match in CANARY.finditer(said)
        if match[1] not in SHARED and int(match[3]) in foreign.ids[match[1]]
    }


def told_of(
    campus: Campus, role: str, call: Call, allowed: set[int] | None, fields: dict[str, Any]
) -> Iterator[str]:
    """What is wrong with the answer to one call, and with what it left behind."""
    sent = {} if call.method in SAFE_METHODS else {"data": fields}
    response = campus.first.people[role].send(call.method, call.path, **sent)
    status = response.status_code
    if status >= 500 or (allowed is not None and status not in allowed):
        yield f"{call.name} at {call.path} answers {role} with {status}"
    if not any(rule in call.name for rule in OPEN):
        for word in foreign_words(response, campus.second):
            yield f"{call.name} at {call.path} shows {role} {word}"
    for change in campus.books.changes():
        if allowed is not None or touches(change, campus.second):
            yield f"{call.name} at {call.path} lets {role} write: {change}"
    campus.books.take_back()


def touches(change: Change, school: School) -> bool:
    """Whether a change is of this school's rows, or makes one that points at them."""
    if change.row in school.ids.get(change.table, ()):
        return True
    table = db.metadata.tables.get(change.table)
    keys = [] if table is None else [key for column in table.columns for key in column.foreign_keys]
    values = {name: now for name, (_, now) in change.columns.items()}
    return any(values.get(k.parent.name) in school.ids[k.column.table.name] for k in keys)


def foreign_walk(campus: Campus, role: str, only: str = "") -> list[str]:
    """Call, as somebody of the first school, everything that names what is the second's."""
    fields, person = plausible.fields(campus.second), campus.first.people[role]
    told: list[str] = []
    for call in walk.foreign_calls(campus.app, campus.second):
        if only not in call.name:
            continue
        if "<token>" in call.name:
            continue
        is_open = any(rule in call.name for rule in OPEN) and call.method in SAFE_METHODS
        allowed = None if is_open else refusals(call, person)
        told += told_of(campus, role, call, allowed, fields)
    return told


def mixed_walk(campus: Campus, role: str, only: str = "") -> list[str]:
    """Call every address below one's own course with what is the other school's below it."""
    fields = plausible.fields(campus.second)
    told: list[str] = []
    for call in walk.mixed_calls(campus.app, campus.first, campus.second):
        if only not in call.name:
            continue
        allowed = None if call.name in REPEATED else {403, 404, 409, 422}
        told += told_of(campus, role, call, allowed, fields)
    return told


def smuggling_walk(campus: Campus, role: str, only: str = "") -> list[str]:
    """Send to every address of one's own the fields that name what is the other school's."""
    own, foreign = plausible.fields(campus.first), plausible.fields(campus.second)
    told: list[str] = []
    for call in walk.every_call(campus.app, campus.first):
        if call.method in SAFE_METHODS or only not in call.name:
            continue
        same = {name: own[name] for name in ("revision", "board_revision", "base")}
        fields = {**foreign, **same, **plausible.special(call.name, campus.first)}
        told += told_of(campus, role, call, None, fields)
    return told


def test_each_table_has_a_row_that_could_be_leaked(campus: Campus) -> None:
    told = "make a row of them in tests/security/schools.py"
    assert without_a_row(campus.first) == without_a_row(campus.second) == [], told


def test_each_write_of_the_walk_would_succeed_if_it_were_ones_own(rightful: Rightful) -> None:
    told = "name what they rightly read in tests/security/plausible.py"
    assert not rightful.missing, "\n".join([told, *rightful.missing])


@pytest.mark.parametrize(
    "role", [*STRANGERS, *(pytest.param(role, marks=pytest.mark.soak) for role in OTHERS)]
)
def test_what_is_foreign_is_not_there(campus: Campus, role: str) -> None:
    told = foreign_walk(campus, role)
    assert not told, "\n".join(told)


@pytest.mark.parametrize("role", ABOVE)
def test_nothing_foreign_is_found_below_ones_own_course(campus: Campus, role: str) -> None:
    told = mixed_walk(campus, role)
    assert not told, "\n".join(told)


def test_no_field_reaches_into_the_other_school(campus: Campus) -> None:
    told = smuggling_walk(campus, "owner")
    assert not told, "\n".join(told)


@public
def careless_read(slug: str) -> str:
    """As somebody might write it: loaded by what the address says, whoever asks."""
    return db.session.query(Course).filter_by(slug=slug).one().title


@signed_in
def careless_write(slug: str, key: str) -> Response:
    """The parent may be anybody's own; the child is not its own."""
    with writing():
        db.session.query(Lesson).filter_by(key=key).update({"title": slug})
    return Response("", 422)


@signed_in
def careless_field(slug: str) -> Response:
    """What a field names is believed."""
    with writing():
        db.session.query(Lesson).filter_by(key=request.form["module"][:-2] + "l1").delete()
    return Response("")


def test_planted_faults_are_found(campus: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    views = campus.app.view_functions
    monkeypatch.setitem(views, "builder.versions", careless_read)
    monkeypatch.setitem(views, "builder.remove_lesson", careless_write)
    monkeypatch.setitem(views, "builder.add_module", careless_field)
    read = foreign_walk(campus, "owner", "/versions")
    assert any("answers owner with 200" in fault for fault in read)
    assert any("shows owner zqcourses.title." in fault for fault in read)
    written = mixed_walk(campus, "owner", "DELETE /teaching/<slug>/lessons/<key>")
    assert any("lets owner write: changed lessons" in fault for fault in written)
    smuggled = smuggling_walk(campus, "owner", "POST   /teaching/<slug>/modules")
    assert any("lets owner write: removed lessons" in fault for fault in smuggled)


def test_an_address_with_an_unknown_part_is_told_of(campus: Campus) -> None:
    app = Flask("planted", static_folder=None)
    app.add_url_rule("/planted/<thing>", view_func=public(lambda: "x"), endpoint="planted")
    with pytest.raises(AssertionError, match=r"world\.py says nothing for <thing>"):
        walk.every_call(app, campus.first)
