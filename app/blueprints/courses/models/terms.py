"""The words that courses are sorted by: subjects and categories are given, tags are free."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

LONGEST_TERM = 80
LONGEST_TAG = 40


class Term(Model):
    """A word with its part of addresses, which stays when the word is written otherwise."""

    __abstract__ = True

    name: Mapped[str] = mapped_column(String(LONGEST_TERM))
    slug: Mapped[str] = mapped_column(String(LONGEST_TERM), unique=True)


class Subject(Term):
    """A field of study; each course is in one."""

    __tablename__ = "subjects"
    __table_args__ = (UniqueConstraint("name"),)


class Category(Term):
    """A shelf that administrators put up; a course may stand on several."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("name"),)


class Tag(Term):
    """A word that authors give; the same word, however it is written, is the same tag."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(String(LONGEST_TAG))


class CourseCategory(Model):
    """One course stands on one shelf."""

    __tablename__ = "course_categories"
    __table_args__ = (UniqueConstraint("course_id", "category_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    category_id: Mapped[int] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"), index=True
    )


class CourseTag(Model):
    """One course has one tag."""

    __tablename__ = "course_tags"
    __table_args__ = (UniqueConstraint("course_id", "tag_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), index=True)
