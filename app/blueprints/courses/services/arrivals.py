"""Files that a browser sends to the storage by itself.

Announced (`announce`), sent there, reported (`report`), then told from their bytes by a job
(`look_at`, outside the transaction, then `settle`): only then is there an asset.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.accounts.queries import find_actor
from app.blueprints.courses.errors import NoRoom
from app.blueprints.courses.events import FileArrived
from app.blueprints.courses.models import Arrival, ArrivalState
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import find_arrival, find_course_by_id, get_course
from app.blueprints.courses.services.quotas import require_room
from app.blueprints.courses.services.uploads import Upload, add_kept, received
from app.blueprints.profiles.queries import quotas_of
from app.core.actor import Actor
from app.core.db import after_commit, db
from app.core.errors import DomainError, Forbidden, Invalid, NotFound
from app.core.events import record
from app.core.i18n import lazy_gettext as _l
from app.core.storage import TooLarge, storage

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file was not taken, in words."""

    words: str


def announce(actor: Actor, *, course_id: int, name: str, size: int) -> Arrival:
    """Expect a file of `size` bytes, which counts from now on.

    Raises `Forbidden`, `Invalid`, `TooLarge` and `NoRoom`.
    """
    if not can_edit_course(actor, get_course(course_id)):
        raise Forbidden
    if not name or size < 1:
        raise Invalid(fields={"file": _l("Choose a file.")})
    most = quotas_of(actor.id).most_file_bytes
    if size > most:
        raise TooLarge(most)
    require_room(actor, size)
    arrival = Arrival(
        token=secrets.token_hex(16),
        course_id=course_id,
        owner_id=actor.id,
        name=name.replace("\0", "")[-LONGEST_NAME:],
        size=size,
    )
    db.session.add(arrival)
    db.session.flush()
    return arrival


def report(actor: Actor, *, course_id: int, token: str) -> Arrival:
    """Have a file looked at that has been sent; once, however often it is said.

    Raises `NotFound` for another person's.
    """
    arrival = find_arrival(course_id, actor.id, token, lock=True)
    if arrival is None:
        raise NotFound
    if arrival.state is ArrivalState.WAITING:
        arrival.state = ArrivalState.SENT
        record(FileArrived(arrival.token))
    return arrival


def look_at(token: str) -> Upload | Refused | None:
    """Tell what was sent and keep its bytes; call it outside `writing()`."""
    arrival = db.session.execute(select(Arrival).filter_by(token=token)).scalar_one_or_none()
    if arrival is None or arrival.state is not ArrivalState.SENT:
        return None
    actor, course = find_actor(arrival.owner_id), find_course_by_id(arrival.course_id)
    if actor is None or course is None:
        return Refused(str(NotFound.default))
    try:
        with (
            storage().arrived(token, most=arrival.size) as stream,
            received(actor, course, stream=stream, name=arrival.name) as upload,
        ):
            storage().keep(upload.staged)
            return upload
    except FileNotFoundError:
        return Refused(str(_l("The file did not arrive. Send it again.")))
    except DomainError as error:
        return _refused(error)


def settle(token: str, found: Upload | Refused | None) -> None:
    """Make an asset of what was sent, or write down why not; the copy in `incoming/` goes."""
    arrival = db.session.execute(
        select(Arrival).filter_by(token=token).with_for_update()
    ).scalar_one_or_none()
    if arrival is None or found is None or arrival.state is not ArrivalState.SENT:
        return
    actor = find_actor(arrival.owner_id)
    if isinstance(found, Upload) and actor is not None:
        found = _added(actor, arrival, found)
    if isinstance(found, Refused):
        arrival.state, arrival.refusal = ArrivalState.REFUSED, found.words[:500]
    after_commit(lambda: storage().forget_arrival(token))


def _added(actor: Actor, arrival: Arrival, upload: Upload) -> Upload | Refused:
    # What was announced stops counting before what came is counted.
    arrival.state = ArrivalState.REFUSED
    db.session.flush()
    try:
        asset = add_kept(actor, course_id=arrival.course_id, upload=upload)
    except (NoRoom, Forbidden) as error:
        return _refused(error)
    arrival.state, arrival.asset_id = ArrivalState.DONE, asset.id
    return upload


def _refused(error: DomainError) -> Refused:
    fields = getattr(error, "fields", {})
    return Refused(" ".join(str(words) for words in fields.values()) or str(error))
