"""What a person has been told."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import joinedload

from app.blueprints.messaging.models import MailMute, Notification
from app.core.db import db
from app.core.pagination import Page, paginate


def count_unread(user_id: ColumnElement[Any]) -> ScalarSelect[int]:
    """Return how many notices of that person are unread, to be part of another statement."""
    counted = select(func.count()).select_from(Notification)
    unread = counted.where(Notification.user_id == user_id, Notification.read_at.is_(None))
    return unread.correlate(user_id.table).scalar_subquery()


def list_notices(user_id: int, number: int) -> Page[Notification]:
    """Return page `number` of what this person was told, the latest first."""
    mine = select(Notification).where(Notification.user_id == user_id)
    whole = mine.options(joinedload(Notification.course))
    return paginate(whole.order_by(Notification.at.desc(), Notification.id.desc()), number)


def find_notice(user_id: int, notice_id: int) -> Notification | None:
    """Return one of the notices of this person; nobody finds another's."""
    mine = select(Notification).where(Notification.user_id == user_id, Notification.id == notice_id)
    return db.session.execute(mine.options(joinedload(Notification.course))).scalar_one_or_none()


def muted_topics(user_id: int) -> set[str]:
    """Return the topics of which this person wants no mail."""
    return set(db.session.execute(select(MailMute.topic).filter_by(user_id=user_id)).scalars())
