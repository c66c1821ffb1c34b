"""Who may make a write, and the fields that it is rightly sent with: found by trying."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core.db.transactions import SAFE_METHODS
from tests.architecture.matrix import Call
from tests.security import plausible, walk
from tests.security.books import Change
from tests.security.campus import Campus
from tests.security.schools import School

# Who may do what some guards guard; elsewhere these are tried, those with few rights first.
KNOWN = {"can_administer": ("admin",), "can_review": ("approver",)}
LIKELY = ("enrolled", "learner", "owner", "contributor", "admin", "anonymous")
# What needs a state that the school is not in.
UNTRIED = {
    "POST   /admin/courses/<int:course_id>/restoration": "its course would have to be deleted",
    "DELETE /teaching/<slug>/archiving": "its course would have to be archived",
    "DELETE /teaching/library/<asset>": "no lesson may use the file",
    "POST   /teaching/<slug>/arrivals/<token>": "a file would have to be on its way",
    "PUT    /teaching/<slug>/template": "its course would have to be a template",
    **dict.fromkeys(
        (
            "POST   /teaching/<slug>/versions/<int:number>/lessons/<key>/restoration",
            "POST   /teaching/<slug>/versions/<int:number>/modules/<key>/restoration",
        ),
        "it would have to be removed",
    ),
    "POST   /courses/<slug>/invitation/acceptance": "their address would have to be invited",
    "POST   /invitations/<token>/acceptance": "whoever has the link may come, of whichever school",
    "POST   /teaching/<slug>/reviews": "a request for the draft waits already",
    "POST   /admin/people/<int:user_id>/tier": "that person would have to be an instructor",
}


@dataclass(frozen=True)
class Write:
    """A write that succeeds: by whom, with which fields, and what it changes."""

    call: Call
    role: str
    fields: dict[str, Any]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Rightful:
    """The writes that succeed, and in words those for which nobody and nothing was found."""

    school: School
    writes: list[Write]
    missing: list[str]


def find(campus: Campus, school: School) -> Rightful:
    """Try every write of a school as those who may be allowed to make it."""
    found: list[Write] = []
    missing: dict[str, str] = {}
    for call in walk.every_call(campus.app, school):
        if call.method in SAFE_METHODS:
            continue
        tried = list(_tries(campus, school, call))
        found += [write for write, _ in tried if write is not None][:1]
        missing.setdefault(call.name, "; ".join(said for write, said in tried if write is None))
    done = {write.call.name for write in found}
    left = [f"{k}: {said}" for k, said in missing.items() if k not in done | UNTRIED.keys()]
    return Rightful(school, found, left)


def _tries(campus: Campus, school: School, call: Call) -> Iterator[tuple[Write | None, str]]:
    special = plausible.special(call.name, school)
    everything = plausible.everything(call.name, school)
    with plausible.watching(campus.app) as names:
        for role in KNOWN.get(call.guard, LIKELY):
            campus.books.take_back()
            response = school.people[role].send(call.method, call.path, data=everything)
            if response.status_code < 400:
                read = names & everything.keys() | special.keys()
                fields = {name: everything[name] for name in read}
                yield Write(call, role, fields, tuple(campus.books.changes())), ""
                campus.books.take_back()
                return
            if response.status_code not in (401, 403, 404):
                unknown = sorted(names - everything.keys() - {"_method"})
                yield None, f"{response.status_code} for {role}, which reads {unknown}"
