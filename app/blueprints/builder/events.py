"""What has happened in authoring."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class PublicationRequested(Event):
    """Somebody asked for a version to be published."""

    publication_id: int


@dataclass(frozen=True, slots=True)
class PublicationEnded(Event):
    """A publication came to its end: done, stale or refused."""

    publication_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ReviewSubmitted(Event):
    """A version waits for an approver."""

    request_id: int


@dataclass(frozen=True, slots=True)
class ReviewDecided(Event):
    """An approver decided about a version."""

    request_id: int
    state: str
