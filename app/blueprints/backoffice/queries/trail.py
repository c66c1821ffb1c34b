"""The audit trail, filtered."""

from sqlalchemy import select

from app.core.audit import AuditEvent
from app.core.pagination import LONGEST_SEARCH, Page, contains, paginate


def list_acts(
    *, actor: str = "", action: str = "", thing: str = "", page: int = 1
) -> Page[AuditEvent]:
    """Return one page of acts, the latest first.

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
    return paginate(acts.order_by(AuditEvent.id.desc()), page)
