"""Courses: published or being written, with as many modules and lessons as a test asks for."""

import hashlib
import re
from collections.abc import Iterable
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.content.canonical import body_hash, canonical_json
from app.blueprints.courses.content.parsing import parse_blocks
from app.blueprints.courses.models import (
    Asset,
    Blob,
    Course,
    CourseInstructor,
    CourseRole,
    CourseStatus,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonDraft,
    Module,
    SeatPool,
    Subject,
)
from app.blueprints.courses.search import index_course
from app.core import clock
from app.core.db import db
from tests.factories import saving
from tests.factories.accounts import make_user

MINUTES = 5
_numbers = count(1)


def make_subject(name: str = "Computing") -> Subject:
    """The subject of that name, made once."""
    with saving():
        subject = db.session.execute(select(Subject).filter_by(name=name)).scalar_one_or_none()
        if subject is None:
            subject = Subject(name=name, slug=_slug(name))
            db.session.add(subject)
            db.session.flush()
    return subject


def make_course(
    title: str = "Programming with Python",
    *,
    owner: User | None = None,
    people: Iterable[tuple[User, CourseRole]] = (),
    published: bool = True,
    status: CourseStatus | None = None,
    modules: int = 1,
    lessons: int = 2,
    text: str = "Read this.",
    capacity: int | None = None,
    taken: int = 0,
    subject: Subject | None = None,
    slug: str | None = None,
    overview: str = "",
    objectives: Iterable[str] = (),
    **fields: Any,
) -> Course:
    """A course in its first version, published or being written.

    It has `lessons` lessons in each module; keys are m1, m2, … and, through the whole course,
    l1, l2, … Further `fields` are the course's own, for example `difficulty` or `is_public`.
    """
    number = next(_numbers)
    with saving():
        owner = owner or make_user(f"Owner {number}", roles=["contributor"])
        course = Course(
            title=title,
            slug=slug or f"{_slug(title)}-{number}",
            status=status or (CourseStatus.PUBLISHED if published else CourseStatus.DRAFT),
            seats=SeatPool(capacity=capacity, taken=taken),
            subject=subject,
            minutes=modules * lessons * MINUTES,
            lesson_count=modules * lessons,
            **fields,
        )
        course.people = [
            CourseInstructor(user_id=user.id, role=role)
            for user, role in ((owner, CourseRole.OWNER), *people)
        ]
        db.session.add(course)
        db.session.flush()
        version = _make_version(course, published, overview, list(objectives))
        _make_lessons(version, modules, lessons, text)
        if published:
            course.current_version_id = version.id
            course.published_at = clock.now()
            said = [course.summary or "", overview, *version.objectives, text]
            index_course(course.id, title, " ".join(said))
            db.session.flush()
    return course


def owner_of(course: Course) -> User:
    """Whose course it is."""
    return db.session.get_one(User, course.people[0].user_id)


def make_asset(
    course: Course, content: bytes = b"x", *, content_type: str = "image/png", **fields: Any
) -> Asset:
    """Somebody's use of these bytes in `course`; the bytes themselves are not stored."""
    with saving():
        blob = _blob(content, content_type)
        asset = Asset(
            public_id=f"asset{next(_numbers)}",
            blob=blob,
            course_id=course.id,
            owner_id=course.people[0].user_id,
            **{"name": "picture.png", **fields},
        )
        db.session.add(asset)
        db.session.flush()
    return asset


def _make_version(
    course: Course, published: bool, overview: str, objectives: list[str]
) -> CourseVersion:
    version = CourseVersion(
        course_id=course.id,
        number=1 if published else None,
        published_at=clock.now() if published else None,
        title=course.title,
        summary=course.summary or "",
        overview=overview,
        objectives=objectives,
        difficulty=course.difficulty,
        language=course.language,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _make_lessons(version: CourseVersion, modules: int, lessons: int, text: str) -> None:
    made = [
        Module(version_id=version.id, key=f"m{n}", title=f"Part {n}", position=n - 1)
        for n in range(1, modules + 1)
    ]
    db.session.add_all(made)
    db.session.flush()
    body_id = _body(text).id if version.number else None
    rows = [
        {
            "version_id": version.id,
            "module_id": module.id,
            "key": f"l{at * lessons + n}",
            "title": f"Lesson {at * lessons + n}",
            "text_minutes": MINUTES,
            "position": n - 1,
            "body_id": body_id,
        }
        for at, module in enumerate(made)
        for n in range(1, lessons + 1)
    ]
    if rows:
        ids = db.session.execute(insert(Lesson).returning(Lesson.id), rows).scalars().all()
        if version.is_working:
            drafts = [{"lesson_id": one, **_content(text)} for one in ids]
            db.session.execute(insert(LessonDraft), drafts)


def _body(text: str) -> LessonBody:
    content = _content(text)
    same = select(LessonBody).filter_by(digest=content["digest"])
    body = db.session.execute(same).scalar_one_or_none()
    if body is None:
        body = LessonBody(**content)
        db.session.add(body)
        db.session.flush()
    return body


def _content(text: str) -> dict[str, str]:
    html = f"<p>{text}</p>"
    body = parse_blocks([{"key": "block0000001", "type": "text", "html": html}])
    blocks = canonical_json(body)
    return {"digest": body_hash(body), "blocks": blocks, "html": html, "text": text}


def _blob(content: bytes, content_type: str) -> Blob:
    digest = _digest(content)
    blob = db.session.execute(select(Blob).filter_by(digest=digest)).scalar_one_or_none()
    return blob or Blob(digest=digest, size=len(content), content_type=content_type)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
