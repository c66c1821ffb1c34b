"""Telling people: one notice each, with its mail, however often the same is told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.blueprints.messaging import queries
from app.blueprints.messaging.events import MailQueued
from app.blueprints.messaging.models import Mail, Notification
from app.blueprints.messaging.rules.kinds import KINDS
from app.core import clock, mail
from app.core.db import db
from app.core.db.dialects import insert_for
from app.core.events import record
from app.core.tokens import hash_of


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told: an entry of `rules.kinds`, and what its words name.

    `key` is the same whenever the same is told. News that `renews` takes the place of what was
    told under its key before, and is unread again; it is mailed once.
    """

    kind: str
    key: str
    course_id: int | None = None
    about: dict[str, Any] = field(default_factory=dict)
    renews: bool = False


def tell(news: News, people: Iterable[int]) -> None:
    """Tell `people`, by their numbers; who may not be here any more is left out."""
    wants_mail = queries.active_people(set(people), KINDS[news.kind].topic)
    rows = [_row(news, f"{news.key}:{person}", user_id=person) for person in wants_mail]
    told = _insert(news, rows) if rows else {}
    _queue_mail([number for number, person in told.items() if person and wants_mail[person]])


def tell_address(news: News, email: str) -> None:
    """Tell whoever reads mail to this address, where nobody here has it."""
    told = _insert(news, [_row(news, f"{news.key}:{hash_of(email)}", email=email)])
    _queue_mail(told)


def _row(news: News, key: str, **whom: Any) -> dict[str, Any]:
    return {
        "user_id": None,
        "email": "",
        **whom,
        "kind": news.kind,
        "course_id": news.course_id,
        "about": news.about,
        "key": key,
        "at": clock.db_time(),
    }


def _insert(news: News, rows: list[dict[str, Any]]) -> dict[int, int | None]:
    """Write the notices that are new (or renewed); return whose each is by its number."""
    statement = insert_for(Notification).values(rows)
    if news.renews:
        fresh = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"about": fresh.about, "at": fresh.at, "read_at": None},
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=["key"])
    written = db.session.execute(statement.returning(Notification.id, Notification.user_id))
    return {row.id: row.user_id for row in written}


def _queue_mail(notices: Collection[int]) -> None:
    """Have each of the notices mailed, unless it was before."""
    if not notices:
        return
    keys = select(Notification.id, Notification.key).where(Notification.id.in_(notices))
    rows = [
        {"notification_id": number, "message_id": mail.message_id(key), "created_at": clock.now()}
        for number, key in db.session.execute(keys)
    ]
    statement = insert_for(Mail).values(rows)
    new = statement.on_conflict_do_nothing(index_elements=["notification_id"]).returning(Mail.id)
    for mail_id in db.session.execute(new).scalars():
        record(MailQueued(mail_id))
