"""What imports react to."""

from collections.abc import Sequence
from datetime import timedelta

from app.blueprints.interchange.events import ImportRequested, ListAgreed
from app.blueprints.interchange.services.jobs import Prepared, finish_import, prepare_import
from app.blueprints.interchange.services.lists import ListRow, finish_list, prepare_list
from app.core.events import on

# The largest archive that is taken is read in less.
_AT_MOST = timedelta(minutes=5)


def _prepare(event: ImportRequested) -> Prepared | None:
    return prepare_import(event.job_id)


@on(ImportRequested, queue="media", prepare=_prepare, lease=_AT_MOST)
def bring_in(event: ImportRequested, prepared: Prepared | None) -> None:
    """Bring an archive in that somebody sent."""
    finish_import(event.job_id, prepared)


def _read(event: ListAgreed) -> list[ListRow] | None:
    return prepare_list(event.list_id)


@on(ListAgreed, prepare=_read, lease=_AT_MOST)
def bring_people_in(event: ListAgreed, rows: Sequence[ListRow] | None) -> None:
    """Bring a list of people in that somebody agreed to."""
    finish_list(event.list_id, rows)
