"""What authoring reacts to."""

from app.blueprints.builder import services
from app.blueprints.builder.events import PublicationRequested
from app.core.events import on


@on(PublicationRequested)
def publish(event: PublicationRequested) -> None:
    """Carry the publication out that was asked for."""
    services.run_publication(event.publication_id)
