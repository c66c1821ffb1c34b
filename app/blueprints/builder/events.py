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
class ReviewRequested(Event):
    """A version waits for an approver."""

    request_id: int


@dataclass(frozen=True, slots=True)
class ReviewApproved(Event):
    """An approver took a version as it is; its publication is under way."""

    request_id: int
    publication_id: int


@dataclass(frozen=True, slots=True)
class ReviewSentBack(Event):
    """An approver returned a version to its authors, with reasons."""

    request_id: int


@dataclass(frozen=True, slots=True)
class ReviewWithdrawn(Event):
    """Its authors took a version back from review."""

    request_id: int


@dataclass(frozen=True, slots=True)
class ReviewCommented(Event):
    """Somebody commented on a version under review, or answered a comment."""

    comment_id: int
