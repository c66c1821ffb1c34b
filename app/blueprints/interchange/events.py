"""What has happened to imports."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class ImportRequested(Event):
    """Somebody sent an archive."""

    job_id: int
