"""What has happened to imports."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class ImportRequested(Event):
    """Somebody sent an archive."""

    job_id: int


@dataclass(frozen=True, slots=True)
class ListAgreed(Event):
    """Somebody agreed to what would come of a list of people."""

    list_id: int
