"""Tables of authoring: who is at it, what was done, what is published, what is under review."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import NOTE_LENGTH, Course, CourseVersion
from app.blueprints.courses.models.version import KEY_LENGTH
from app.core import clock
from app.core.db import Model


class Audience(enum.StrEnum):
    """Who moves to a new version."""

    EVERYONE = "everyone"
    NEW_LEARNERS = "new_learners"


class PublicationState(enum.StrEnum):
    """How far a publication has come."""

    QUEUED = "queued"
    DONE = "done"
    STALE = "stale"
    REFUSED = "refused"


class ReviewState(enum.StrEnum):
    """How a request for review stands."""

    OPEN = "open"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    STALE = "stale"


class Mode(enum.StrEnum):
    """Whether an operation was something new, took one back, or did it again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class BuilderOperation(Model):
    """One change of a working version, with what would take it back.

    Taking it back is an operation too, with an inverse of its own, which does it again. `undoes`
    is the sequence of the one that this took back.
    """

    __tablename__ = "builder_operations"
    __table_args__ = (
        UniqueConstraint("version_id", "sequence"),
        # A person's own operations, the last one first: what they can undo and do again.
        Index("ix_builder_operations_own", "version_id", "actor_id", "sequence"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("course_versions.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    inverse: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    mode: Mapped[Mode] = mapped_column(default=Mode.DO)
    undoes: Mapped[int | None] = mapped_column(default=None)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class BuilderSession(Model):
    """One run of authoring by one person in one course; the words they write live elsewhere.

    `lesson` and `block` say where they are now; `problems` and `progress` (in percent) what the
    last look at the whole found, at the revision `checked_revision` of the version.
    """

    __tablename__ = "builder_sessions"
    __table_args__ = (
        CheckConstraint("step BETWEEN 1 AND total_steps", name="step_in_range"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_in_percent"),
    )

    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    instructor_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_versions.id", ondelete="SET NULL"), index=True
    )
    step: Mapped[int] = mapped_column(default=1)
    total_steps: Mapped[int] = mapped_column(default=3)
    lesson: Mapped[str] = mapped_column(String(32), default="")
    block: Mapped[str] = mapped_column(String(32), default="")
    progress: Mapped[int] = mapped_column(default=0)
    autosaves: Mapped[int] = mapped_column(default=0)
    problems: Mapped[int | None] = mapped_column(default=None)
    checked_revision: Mapped[int | None] = mapped_column(default=None)
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


# Several tabs of one person are one run of authoring: their first posts meet here.
Index(
    "uq_builder_sessions_open",
    BuilderSession.course_id,
    BuilderSession.instructor_id,
    unique=True,
    sqlite_where=text("closed_at IS NULL"),
    postgresql_where=text("closed_at IS NULL"),
)


class Publication(Model):
    """One attempt to make a working version, or a copy of an older one, the current one.

    A copy is made by the job itself: until then, `version` is None and `source` is what it will
    be a copy of.
    """

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint("version_id IS NOT NULL OR source_id IS NOT NULL", name="of_something"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_versions.id", ondelete="CASCADE"), default=None, index=True
    )
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_versions.id", ondelete="CASCADE"), default=None, index=True
    )
    # The revision of the working version; a copy has none, so for that it is 0.
    expected_revision: Mapped[int]
    # The number that the version was shown to get (None: asked for before numbers were kept).
    expected_number: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(NOTE_LENGTH), default="", server_default="")
    audience: Mapped[Audience] = mapped_column(default=Audience.EVERYONE)
    # Keys of the changed lessons that those who finished them must do again.
    redo_keys: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[PublicationState] = mapped_column(default=PublicationState.QUEUED)
    refusal: Mapped[str] = mapped_column(Text, default="")
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    course: Mapped[Course] = relationship()
    version: Mapped[CourseVersion | None] = relationship(foreign_keys=[version_id])
    source: Mapped[CourseVersion | None] = relationship(foreign_keys=[source_id])
    requested_by: Mapped[User] = relationship()


class ReviewRequest(Model):
    """A working version, as it was at `revision`, waits for an approver."""

    __tablename__ = "review_requests"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("course_versions.id", ondelete="CASCADE"), index=True
    )
    revision: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.OPEN, index=True)
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    submitted_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(Text, default="")
    # How many things differ from what was live, and the outline as it was: what has changed since.
    size: Mapped[int] = mapped_column(default=0)
    outline: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), default=None, deferred=True
    )

    course: Mapped[Course] = relationship()
    version: Mapped[CourseVersion] = relationship()
    submitted_by: Mapped[User] = relationship(foreign_keys=[submitted_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


Index(
    "uq_review_requests_open",
    ReviewRequest.version_id,
    unique=True,
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)


class ReviewComment(Model):
    """What somebody said in a review about the course, a lesson or a block; answers have a parent.

    Empty keys mean the whole. Only what begins a thread is resolved.
    """

    __tablename__ = "review_comments"
    __table_args__ = (
        CheckConstraint("lesson_key <> '' OR block_key = ''", name="block_in_lesson"),
        CheckConstraint("parent_id IS NULL OR resolved_at IS NULL", name="thread_resolved"),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolver_known"),
    )

    request_id: Mapped[int] = mapped_column(
        ForeignKey("review_requests.id", ondelete="CASCADE"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("review_comments.id", ondelete="CASCADE"), default=None, index=True
    )
    lesson_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    block_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)

    request: Mapped[ReviewRequest] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    resolved_by: Mapped[User | None] = relationship(foreign_keys=[resolved_by_id])
