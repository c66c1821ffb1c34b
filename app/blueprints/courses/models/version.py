"""The changing side of a course: whole states of its content, with modules and lessons."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.courses.models.assets import Asset
from app.blueprints.courses.models.content import LessonBody, LessonDraft
from app.blueprints.courses.models.course import Course
from app.blueprints.courses.models.kinds import CompletionRule, Difficulty, LessonKind
from app.core.db import Model, Timestamps

KEY_LENGTH = 32
NOTE_LENGTH = 500
# What a lesson that says nothing yet may take.
GUESSED_MINUTES = 5


class CourseVersion(Model, Timestamps):
    """One whole state of what a course says; without a number it is the working one.

    `revision` rises with every change (a publication fixes it), `board_revision` only with what
    the board shows, `sequence` with each recorded operation.
    """

    __tablename__ = "course_versions"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("number IS NULL OR number > 0", name="number_positive"),
        CheckConstraint("(number IS NULL) = (published_at IS NULL)", name="published_numbered"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    number: Mapped[int | None] = mapped_column(default=None)
    based_on_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_versions.id"), default=None, index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    overview: Mapped[str] = mapped_column(Text, default="")
    objectives: Mapped[list[str]] = mapped_column(default=list)
    difficulty: Mapped[Difficulty] = mapped_column(default=Difficulty.BEGINNER)
    language: Mapped[str] = mapped_column(String(12), default="en")
    minutes_override: Mapped[int | None] = mapped_column(default=None)
    gives_certificate: Mapped[bool] = mapped_column(default=True)
    # When lessons open, unless they say otherwise themselves (rules/pacing.py).
    pacing: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("assets.id"), default=None, index=True)
    revision: Mapped[int] = mapped_column(default=1)
    board_revision: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    # Why it was published, in the words of whoever asked for it.
    note: Mapped[str] = mapped_column(String(NOTE_LENGTH), default="", server_default="")
    # What changed against the version before (rules/difference.py).
    difference: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    # What it offers to whom, computed from its texts (rules/accessibility.py).
    accessibility: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)

    course: Mapped[Course] = relationship(foreign_keys=[course_id])
    cover: Mapped[Asset | None] = relationship()
    modules: Mapped[list["Module"]] = relationship(
        back_populates="version", order_by="Module.position"
    )

    @property
    def is_working(self) -> bool:
        """Tell whether this is the draft that the builder edits."""
        return self.number is None


# At most one working version a course: two tabs' first edits meet here.
Index(
    "uq_course_versions_working",
    CourseVersion.course_id,
    unique=True,
    sqlite_where=text("number IS NULL"),
    postgresql_where=text("number IS NULL"),
)


class Module(Model):
    """A part of a version. One that was removed in the working version can still be undone.

    `placed_by` is the sequence of the operation that put it where it stands, 0 for none.
    """

    __tablename__ = "modules"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("course_versions.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
    placed_by: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)

    version: Mapped[CourseVersion] = relationship(back_populates="modules")
    lessons: Mapped[list["Lesson"]] = relationship(
        back_populates="module", order_by="Lesson.position"
    )


class Lesson(Model):
    """One lesson of a version; a completion of it counts from version `redo_since` on.

    `placed_by` is the sequence of the operation that put it where it stands, 0 for none.
    """

    __tablename__ = "lessons"
    __table_args__ = (
        UniqueConstraint("version_id", "key"),
        CheckConstraint("completion_seconds > 0", name="completion_seconds_positive"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("course_versions.id", ondelete="CASCADE"))
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[LessonKind] = mapped_column(default=LessonKind.TEXT)
    is_required: Mapped[bool] = mapped_column(default=True)
    # What its author says it takes; None where the text tells.
    own_minutes: Mapped[int | None] = mapped_column(default=None)
    # What the text should take (content/minutes.py).
    text_minutes: Mapped[int] = mapped_column(default=GUESSED_MINUTES)
    completion_rule: Mapped[CompletionRule] = mapped_column(default=CompletionRule.MANUAL)
    # How long somebody has to stay where completion is timed.
    completion_seconds: Mapped[int | None] = mapped_column(default=None)
    # When it opens (rules/release.py).
    release: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    position: Mapped[int]
    placed_by: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    redo_since: Mapped[int | None] = mapped_column(default=None)
    body_id: Mapped[int | None] = mapped_column(
        ForeignKey("lesson_bodies.id"), default=None, index=True
    )
    removed_at: Mapped[datetime | None] = mapped_column(default=None)

    module: Mapped[Module] = relationship(back_populates="lessons")
    body: Mapped[LessonBody | None] = relationship()
    draft: Mapped[LessonDraft | None] = relationship(back_populates="lesson")

    @hybrid_property
    def minutes(self) -> int:
        """Return the minutes that learners are told."""
        return self.own_minutes or self.text_minutes

    @minutes.inplace.expression
    @classmethod
    def _minutes_in_sql(cls) -> ColumnElement[int]:
        return func.coalesce(cls.own_minutes, cls.text_minutes)
