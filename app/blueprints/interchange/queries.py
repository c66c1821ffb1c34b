"""What an import needs to know about what is there."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, func, select, union
from sqlalchemy.orm import joinedload

from app.blueprints.builder.models import BuilderOperation
from app.blueprints.courses.models import (
    Asset,
    Blob,
    Course,
    CourseInstructor,
    CourseRole,
    CourseVersion,
    Lesson,
    Module,
    Subject,
)
from app.blueprints.interchange.models import ImportJob, PeopleList
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound

IMPORTED = "import_course"
"""The kind of the operation that records an import."""


def find_own_course(actor: Actor, title: str) -> Course | None:
    """Return the newest live course of `actor`'s, one of whose versions has this title."""
    return db.session.execute(
        select(Course)
        .join(CourseInstructor, CourseInstructor.course_id == Course.id)
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .where(
            CourseInstructor.user_id == actor.id,
            CourseVersion.title == title,
            Course.deleted_at.is_(None),
        )
        .order_by(Course.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def editable_courses(user_id: int) -> list[Row[int, str]]:
    """Return (id, title) of the live courses that this person edits, by title."""
    statement = (
        select(Course.id, Course.title)
        .join(CourseInstructor, CourseInstructor.course_id == Course.id)
        .where(
            CourseInstructor.user_id == user_id,
            CourseInstructor.role.in_((CourseRole.OWNER, CourseRole.INSTRUCTOR)),
            Course.deleted_at.is_(None),
        )
        .order_by(func.lower(Course.title), Course.id)
    )
    return list(db.session.execute(statement).all())


def get_import(user_id: int, job_id: int) -> ImportJob:
    """Return the import that this person asked for, with its course; raises `NotFound`."""
    statement = (
        select(ImportJob)
        .options(joinedload(ImportJob.course))
        .filter_by(id=job_id, requested_by_id=user_id)
    )
    job = db.session.execute(statement).scalar_one_or_none()
    if job is None:
        raise NotFound
    return job


def is_needed(digest: str) -> bool:
    """Tell whether something under way, or a file of a course, has these bytes."""
    waiting = select(ImportJob.id).where(ImportJob.digest == digest, ImportJob.ended_at.is_(None))
    shown = select(PeopleList.id).where(PeopleList.digest == digest, PeopleList.ended_at.is_(None))
    kept = select(Blob.id).where(Blob.digest == digest)
    needed = waiting.exists() | shown.exists() | kept.exists()
    return bool(db.session.execute(select(needed)).scalar_one())


def under_way(digests: Iterable[str]) -> set[str]:
    """Return those of the digests that imports and lists of people under way wait for."""
    names = list(digests)
    jobs = select(ImportJob.digest).where(ImportJob.digest.in_(names), ImportJob.ended_at.is_(None))
    lists = select(PeopleList.digest).where(
        PeopleList.digest.in_(names), PeopleList.ended_at.is_(None)
    )
    return set(db.session.execute(union(jobs, lists)).scalars())


def get_list(user_id: int, course_id: int, list_id: int) -> PeopleList:
    """Return the list of people that this person brought to this course; raises `NotFound`."""
    statement = select(PeopleList).filter_by(
        id=list_id, course_id=course_id, requested_by_id=user_id
    )
    found = db.session.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def find_subject_id(name: str) -> int | None:
    """Return the number of the subject of this name, however it is capitalised."""
    statement = select(Subject.id).where(func.lower(Subject.name) == name.lower())
    return db.session.execute(statement).scalar_one_or_none()


def rows_by_key(version_id: int) -> tuple[dict[str, Module], dict[str, Lesson]]:
    """Return the modules and lessons of a version by key, removed ones too."""
    modules = db.session.execute(select(Module).filter_by(version_id=version_id)).scalars()
    lessons = db.session.execute(select(Lesson).filter_by(version_id=version_id)).scalars()
    return {one.key: one for one in modules}, {one.key: one for one in lessons}


def last_import(course_id: int) -> dict[str, dict[str, Any]]:
    """Return what the last import into the course recorded, by lesson key."""
    payload = db.session.execute(
        select(BuilderOperation.payload)
        .join(CourseVersion, CourseVersion.id == BuilderOperation.version_id)
        .where(CourseVersion.course_id == course_id, BuilderOperation.kind == IMPORTED)
        .order_by(BuilderOperation.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return dict(payload["lessons"]) if payload else {}


def asset_ids(course_id: int, digests: Iterable[str]) -> dict[str, str]:
    """Return the public ids of the course's assets with these bytes, by digest."""
    rows = db.session.execute(
        select(Blob.digest, Asset.public_id)
        .join(Asset, Asset.blob_id == Blob.id)
        .where(
            Asset.course_id == course_id,
            Asset.deleted_at.is_(None),
            Blob.digest.in_(list(digests)),
        )
    )
    return {row.digest: row.public_id for row in rows}
