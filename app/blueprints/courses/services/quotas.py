"""Holding people to what their tier allows.

Whoever asks for more holds their own row's lock until the end of the transaction, so that two
requests at once cannot both take the last of it.
"""

import math
from datetime import timedelta

from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.courses.errors import NoRoom, OverQuota
from app.blueprints.courses.queries.usage import courses_begun, stored_bytes
from app.blueprints.profiles.models import Tier
from app.blueprints.profiles.queries import quotas_of
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.formats import file_size
from app.core.i18n import lazy_gettext as _l

DAY = timedelta(days=1)


def require_room(actor: Actor, size: int) -> None:
    """Raise `NoRoom` where `size` more bytes would be more than `actor` may have."""
    quotas = hold(actor)
    used = stored_bytes(actor.id)
    if used + size <= quotas.most_bytes:
        return
    raise NoRoom(
        _l(
            "There is no room for this file of %(size)s: %(used)s of your %(most)s are used. "
            "Delete files that no lesson shows from your library, or ask an administrator for "
            "more.",
            size=file_size(size),
            used=file_size(used),
            most=file_size(quotas.most_bytes),
        )
    )


def require_course(actor: Actor) -> None:
    """Raise `OverQuota` where `actor` may not have, or not yet begin, another course."""
    quotas, now = hold(actor), clock.db_now()
    begun = courses_begun(actor.id, since=now - DAY)
    if begun.owned >= quotas.most_courses:
        raise OverQuota(
            _l(
                "Courses that you own: %(owned)d of %(most)d. Delete one that you no longer "
                "need, or ask an administrator for more.",
                owned=begun.owned,
                most=quotas.most_courses,
            )
        )
    if len(begun.lately) < quotas.most_courses_a_day:
        return
    spared = begun.lately[-quotas.most_courses_a_day] if quotas.most_courses_a_day else now
    raise OverQuota(
        _l(
            "Courses that you began within a day: %(begun)d of %(most)d. You can begin the next "
            "one in %(hours)d h.",
            begun=len(begun.lately),
            most=quotas.most_courses_a_day,
            hours=math.ceil((spared + DAY - now) / timedelta(hours=1)),
        )
    )


def hold(actor: Actor) -> Tier:
    """Lock the person's row and return their quotas; before any lock of a file's row.

    The key stays free: others insert rows that name this person meanwhile.
    """
    row = select(User.id).where(User.id == actor.id).with_for_update(key_share=True)
    db.session.execute(row)
    return quotas_of(actor.id)
