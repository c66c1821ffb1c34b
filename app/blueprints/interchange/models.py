"""Tables of what comes in from outside."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.courses.models import Course
from app.core import clock
from app.core.db import Model


class ImportState(enum.StrEnum):
    """How far an import has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ImportJob(Model):
    """One archive on its way into a course; `digest` names its stored bytes until it has ended."""

    __tablename__ = "import_jobs"
    __table_args__ = (
        CheckConstraint("done >= 0 AND done <= total", name="done_of_total"),
        CheckConstraint(
            "(state IN ('done', 'failed')) = (ended_at IS NOT NULL)", name="ended_when"
        ),
    )

    requested_by_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    # The course to bring up to date or, once it is done, the new one.
    course_id: Mapped[int | None] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), default=None, index=True
    )
    is_new: Mapped[bool] = mapped_column(default=True)
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[ImportState] = mapped_column(default=ImportState.WAITING, index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    # What came in, what was left out, what to mend (services/jobs.py says how it is made).
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    course: Mapped[Course | None] = relationship()


class ListState(enum.StrEnum):
    """How far a list of people has come."""

    SHOWN = "shown"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class PeopleList(Model):
    """A list of people on its way into a course; `digest` names what was read of it until then.

    What was read is kept for a day at most, and holds lines, addresses, names and cohorts only.
    """

    __tablename__ = "people_lists"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('done', 'failed')) = (ended_at IS NOT NULL)", name="ended_when"
        ),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    requested_by_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[ListState] = mapped_column(default=ListState.SHOWN, index=True)
    # What somebody saw and agreed to; see enrolment's rules.arrivals.
    agreed: Mapped[str] = mapped_column(String(64), default="")
    # What came of it in the end: numbers by kind, or why nothing did.
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
