"""What courses react to."""

from datetime import timedelta

from app.blueprints.courses.events import AssetAdded, FileArrived
from app.blueprints.courses.services.arrivals import Refused, look_at, settle
from app.blueprints.courses.services.examining import Thumbnail, examine, keep_examined
from app.blueprints.courses.services.uploads import Upload
from app.core.events import on
from app.core.files.films import Film

# The largest file is read through in far less.
_AT_MOST = timedelta(minutes=5)


def _examine(event: AssetAdded) -> Thumbnail | Film | None:
    return examine(event.asset_id)


@on(AssetAdded, queue="media", prepare=_examine, lease=_AT_MOST)
def keep_what_was_found(event: AssetAdded, found: Thumbnail | Film | None) -> None:
    """Write down how long a film is, or where the small picture of a large one lies."""
    keep_examined(event.asset_id, found)


def _look(event: FileArrived) -> Upload | Refused | None:
    return look_at(event.token)


@on(FileArrived, queue="media", prepare=_look, lease=_AT_MOST)
def take_in(event: FileArrived, found: Upload | Refused | None) -> None:
    """Make an asset of a file that was sent to the storage, or say why not."""
    settle(event.token, found)
