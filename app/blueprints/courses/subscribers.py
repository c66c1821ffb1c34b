"""What courses react to."""

from datetime import timedelta

from app.blueprints.courses.events import AssetAdded
from app.blueprints.courses.services.examining import Thumbnail, examine, keep_examined
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
