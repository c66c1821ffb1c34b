"""What imports react to."""

from datetime import timedelta

from app.blueprints.interchange.events import ImportRequested
from app.blueprints.interchange.services.jobs import Prepared, finish_import, prepare_import
from app.core.events import on

# The largest archive that is taken is read in less.
_AT_MOST = timedelta(minutes=5)


def _prepare(event: ImportRequested) -> Prepared | None:
    return prepare_import(event.job_id)


@on(ImportRequested, queue="media", prepare=_prepare, lease=_AT_MOST)
def bring_in(event: ImportRequested, prepared: Prepared | None) -> None:
    """Bring an archive in that somebody sent."""
    finish_import(event.job_id, prepared)
