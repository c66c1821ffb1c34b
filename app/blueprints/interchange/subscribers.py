"""What interchange answers when lower floors ask."""

from app.blueprints.interchange import queries
from app.core.registries import hooks


@hooks.fill("storage.in_use")
def archives_in_use(digests: list[str]) -> set[str]:
    """Keep the archives from the nightly sweep that are still to be read."""
    return queries.archives_waiting(digests)
