"""Lists of people: read once, shown with what would come of each, then brought in whole or not.

The bytes that were sent are never kept. What was read of them (lines, addresses, names, cohorts
and what is wrong) lies in the storage as JSON, until it is done or a day is over.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.blueprints.accounts.queries import find_actor
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.policies import can_decide_people
from app.blueprints.enrollments.rules.arrivals import Listed
from app.blueprints.interchange.events import ListAgreed
from app.blueprints.interchange.models import ListState, PeopleList
from app.blueprints.interchange.roster import ReadPerson
from app.blueprints.interchange.services.ending import end, hold
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import DomainError, Forbidden, NotFound
from app.core.events import record
from app.core.storage import Staged, storage

KEPT_FOR = timedelta(days=1)
# More are brought in by a worker, so that nobody waits for a page.
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list as it is kept."""

    line: int
    email: str
    name: str
    cohort: str
    problem: str


def packed(people: Sequence[ReadPerson], cohort: str) -> bytes:
    """Return what is kept of a list; `cohort` is that of those for whom it names none."""
    rows = [
        [one.line, one.email, one.name, one.cohort or cohort, str(one.problem)] for one in people
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def _unpacked(digest: str) -> list[ListRow]:
    """Return the rows of a list that is kept; raises FileNotFoundError."""
    with storage().open(digest) as file:
        return [ListRow(*row) for row in json.load(file)]


def listed(rows: Sequence[ListRow]) -> list[Listed]:
    """Return those who can be brought in, in order."""
    return [Listed(one.email, one.cohort) for one in rows if not one.problem]


def add_list(actor: Actor, *, course_id: int, file_name: str, staged: Staged) -> PeopleList:
    """Keep what was read of a list, to be looked at; raises `NotFound` and `Forbidden`."""
    if not can_decide_people(actor, get_course(course_id)):
        raise Forbidden
    made = PeopleList(
        course_id=course_id,
        requested_by_id=actor.id,
        file_name=file_name[-200:],
        digest=staged.digest,
    )
    db.session.add(made)
    db.session.flush()
    hold(staged.digest)
    storage().keep(staged)
    audit.record(actor, "list.read", "course", course_id, list=made.id)
    return made


def agree(
    actor: Actor, *, course_id: int, list_id: int, agreed: str, rows: Sequence[ListRow]
) -> None:
    """Bring a list in as it was shown; a long one is left to a worker. Said twice, it is one.

    Raises `NotFound`, `Forbidden`, and what enrolment's `bring_in` raises.
    """
    found = _lock(list_id)
    if found is None or found.course_id != course_id:
        raise NotFound
    if found.state is not ListState.SHOWN:
        return
    found.agreed = agreed
    if len(rows) > MOST_AT_ONCE:
        found.state = ListState.WAITING
        record(ListAgreed(found.id))
        return
    _bring_in(actor, found, rows)


def prepare_list(list_id: int) -> list[ListRow] | None:
    """Read what is kept of a list, outside any transaction; None where it has ended or is gone."""
    found = db.session.get(PeopleList, list_id)
    if found is None or found.ended_at is not None:
        return None
    try:
        return _unpacked(found.digest)
    except FileNotFoundError:
        return None


def finish_list(list_id: int, rows: Sequence[ListRow] | None) -> None:
    """Bring a list in that somebody agreed to, with its end, or only why nothing was done."""
    found = _lock(list_id)
    if found is None or found.ended_at is not None:
        return
    actor = find_actor(found.requested_by_id)
    try:
        if actor is None or rows is None:
            raise Forbidden
        with db.session.begin_nested():
            _bring_in(actor, found, rows)
    except DomainError as refused:
        db.session.refresh(found)
        _end(found, ListState.FAILED, {"why": str(refused)})


def drop_list(list_id: int) -> None:
    """Forget a list without bringing anybody in; the caller has found it as the actor's own."""
    found = _lock(list_id)
    if found is not None and found.state is ListState.SHOWN:
        _end(found, ListState.FAILED, {"why": ""})


def forget_lists() -> None:
    """End the lists that nobody agreed to for a day."""
    old = select(PeopleList).where(
        PeopleList.ended_at.is_(None), PeopleList.requested_at < clock.db_now() - KEPT_FOR
    )
    for one in db.session.execute(old.with_for_update(skip_locked=True)).scalars():
        _end(one, ListState.FAILED, {"why": ""})


def _bring_in(actor: Actor, found: PeopleList, rows: Sequence[ListRow]) -> None:
    arrivals = enrollments.bring_in(
        actor, course_id=found.course_id, listed=listed(rows), expected=found.agreed
    )
    counted = Counter(one.value for one in arrivals)
    bad = len(rows) - len(arrivals)
    _end(found, ListState.DONE, {"numbers": dict(counted), "bad": bad})


def _end(found: PeopleList, state: ListState, report: dict[str, Any]) -> None:
    found.state = state
    end(found, report)


def _lock(list_id: int) -> PeopleList | None:
    statement = select(PeopleList).where(PeopleList.id == list_id).with_for_update()
    return db.session.execute(statement).scalar_one_or_none()
