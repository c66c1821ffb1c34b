"""The audit trail, filtered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.core.audit import AuditEvent
from app.core.db import db
from app.core.pagination import LONGEST_SEARCH, Page, contains, paginate

# What is called by a name of its own, rather than by its number.
NAMES = {"course": (Course.id, Course.title), "user": (User.id, User.display_name)}


@dataclass(frozen=True, slots=True)
class Act:
    """An act, and what the thing it was done to is called today, if it has a name."""

    event: AuditEvent
    name: str


def list_acts(*, actor: str = "", action: str = "", thing: str = "", page: int = 1) -> Page[Act]:
    """Return one page of acts, the latest first, in four statements.

    `actor` is part of a name, `action` how an action begins, `thing` a kind of object, perhaps
    with its number: "course" or "course 12".
    """
    acts = select(AuditEvent)
    if actor:
        acts = acts.where(contains(actor, AuditEvent.actor_name))
    if action:
        acts = acts.where(AuditEvent.action.startswith(action[:LONGEST_SEARCH], autoescape=True))
    kind, _, number = thing.strip().partition(" ")
    if kind:
        acts = acts.where(AuditEvent.object_type == kind)
    if number.strip():
        acts = acts.where(AuditEvent.object_id == number.strip())
    found = paginate(acts.order_by(AuditEvent.id.desc()), page)
    names = _names(found.items)
    rows = [Act(one, names.get((one.object_type, one.object_id), "")) for one in found.items]
    return Page(rows, found.number, found.size, found.total)


def _names(events: Sequence[AuditEvent]) -> dict[tuple[str, str], str]:
    names = {}
    for kind, (number, name) in NAMES.items():
        ids = {int(one.object_id) for one in events if one.object_type == kind}
        if ids:
            found = db.session.execute(select(number, name).where(number.in_(ids)))
            names.update({(kind, str(row[0])): row[1] for row in found})
    return names
