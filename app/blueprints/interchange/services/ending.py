"""The end of what was sent to be brought in, and of the bytes that it waited for."""

from datetime import datetime
from typing import Any

from app.blueprints.interchange import queries
from app.blueprints.interchange.models import ImportJob, PeopleList
from app.core import clock
from app.core.db import after_commit, db
from app.core.db.locks import lock_name
from app.core.storage import storage


def hold(digest: str) -> None:
    """Let nobody forget these bytes before a row that waits for them can be seen.

    Take it last, before the bytes are kept: who ends another row has its course locked.
    """
    lock_name(f"sent:{digest}")


def end(row: ImportJob | PeopleList, report: dict[str, Any]) -> None:
    """Close the row, and let go of what was sent once that is committed."""
    row.report, row.ended_at = report, clock.db_now()
    db.session.flush()
    digest = row.digest
    hold(digest)
    if not queries.is_needed(digest):
        moment = clock.now()
        after_commit(lambda: _forget(digest, moment))


def _forget(digest: str, before: datetime) -> None:
    """Forget the bytes, unless they were sent again since."""
    storage().delete(digest, before=before)
