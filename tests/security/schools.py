"""Two schools in miniature in one database: people of the first are strangers in the second.

Both come from the factory that the table of routes and roles is made with. The second school's
courses are not listed, so that whoever is of the first may not even know of them. Every text that
a person wrote is a canary: it names its table, column and row, and is found nowhere else.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from flask import Flask
from sqlalchemy import JSON, Enum, String, Table, select, update

from app.blueprints.accounts.models import LoginEvent, LoginOutcome, User, UserSession
from app.blueprints.builder.rules.texts import digest
from app.blueprints.builder.services import basics_base, rename_module
from app.blueprints.courses.models import (
    Course,
    CourseStatus,
    CourseStatusChange,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonBodyAsset,
    LessonDraft,
    Module,
    TeachingInvitation,
)
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus, WaitlistEntry
from app.blueprints.learning.models import CourseProgress, LessonProgress
from app.blueprints.profiles.models import InstructorProfile, Tier
from app.core import audit
from app.core.db import Base, db, writing
from app.core.tokens import hash_of
from tests.architecture import world
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_subject
from tests.factories.enrollments import make_enrollment
from tests.security.missing_rows import NOBODYS, Ids, make_missing_rows, rows_since
from tests.security.persons import Person, person_of

CANARY = re.compile(r"zq([a-z_]+)\.([a-z_]+)\.(\d+)qz")
GONE = {"paused": EnrollmentStatus.PAUSED, "withdrawn": EnrollmentStatus.WITHDRAWN}
# Columns that hold no person's words but what the code compares and looks up.
STRUCTURE = frozenset(
    {
        *("slug", "key", "lesson_key", "serial", "public_id", "digest", "content_type", "language"),
        *("currency", "cover"),
        *("token_hash", "password_hash", "event_name", "event_id", "handler", "queue", "kind"),
        *("lease_token", "action", "object_type", "object_id", "fingerprint"),
    }
)


@dataclass(frozen=True)
class School:
    """One of the two: its people, the ids of its rows, and what its requests are made of.

    `parts` holds what stands for each part of an address, and what fields say that name a state;
    `draft_ids` are the rows of the course that is being written, `owners` tells whose a row of a
    person's own is.
    """

    people: Mapping[str, Person]
    parts: Mapping[str, str]
    draft_slug: str
    ids: Mapping[str, frozenset[int]]
    draft_ids: Mapping[str, frozenset[int]]
    owners: Mapping[tuple[str, int], str]

    def owner_of(self, table: str, row: int) -> str:
        """The role of the person whose own row this is, or nothing."""
        return self.owners.get((table, row), "")


def canary(table: str, column: str, row: int) -> str:
    """The text that stands in this field and nowhere else."""
    return f"zq{table}.{column}.{row}qz"


def build_two(app: Flask) -> tuple[School, School]:
    """Make both, with a session for everybody."""
    with app.app_context():
        first = _build(app, "A", before={})
        second = _build(app, "B", before=rows_since({}))
        db.session.remove()
    return first, second


def without_a_row(school: School) -> list[str]:
    """The tables in which the school has nothing, so that a leak from them would go unseen."""
    return sorted(name for name, ids in school.ids.items() if not ids and name not in NOBODYS)


def _build(app: Flask, name: str, before: Ids) -> School:
    made = world.build(name)
    people = {**made.people, **{role: make_user(role.title()) for role in GONE}}
    make_subject(f"Subject {name}")
    parts, slug = dict(made.parts), made.draft_slug
    with writing():
        _fill(made, people)
    with writing():
        if before:
            parts |= _set_apart(parts, rows_since(before))
        parts |= _operate(people["owner"], parts, slug, times=1 + bool(before))
        make_missing_rows(before, name, draft=_draft_ids(slug))
        for table in Base.metadata.sorted_tables:
            _put_canaries(table, rows_since(before)[table.name])
        parts |= _invite(people, parts)
    parts |= _bases(slug)
    persons = {role: person_of(app, user) for role, user in people.items()}
    everybody = {"anonymous": person_of(app, None), **persons}
    return School(everybody, parts, slug, rows_since(before), _draft_ids(slug), _owners(people))


def _owners(people: Mapping[str, User]) -> dict[tuple[str, int], str]:
    owners = {("users", user.id): role for role, user in people.items()}
    for one in db.session.query(UserSession):
        owners[("user_sessions", one.id)] = owners.get(("users", one.user_id), "")
    for place in (*db.session.query(Enrollment), *db.session.query(WaitlistEntry)):
        owners[(place.__tablename__, place.id)] = owners.get(("users", place.user_id), "")
    return owners


def _draft_ids(slug: str) -> dict[str, frozenset[int]]:
    """The rows that say what the draft says."""
    course = db.session.scalars(select(Course).filter_by(slug=slug)).one()
    version = select(CourseVersion).filter_by(course_id=course.id, number=None)
    working = db.session.scalars(version).one()
    modules = db.session.scalars(select(Module.id).filter_by(version_id=working.id)).all()
    lessons = db.session.scalars(select(Lesson.id).filter_by(version_id=working.id)).all()
    drafts = select(LessonDraft.id).where(LessonDraft.lesson_id.in_(lessons))
    return {
        "courses": frozenset({course.id}),
        "course_versions": frozenset({working.id}),
        "modules": frozenset(modules),
        "lessons": frozenset(lessons),
        "lesson_drafts": frozenset(db.session.scalars(drafts).all()),
    }


def _fill(made: world.World, people: Mapping[str, User]) -> None:
    """Add what the table of routes and roles can do without."""
    course = db.session.get_one(Course, int(made.parts["course_id"]))
    learning = db.session.get_one(Enrollment, int(made.parts["enrollment_id"]))
    for role, status in GONE.items():
        make_enrollment(people[role], course, status)
    version_id, owner = course.current_version_id or 0, people["owner"]
    tier = Tier(name=f"Tier {course.id}", can_self_publish=True)
    asset_id = course_asset(made)
    body = db.session.scalars(select(LessonBody).order_by(LessonBody.id.desc())).first()
    assert body is not None
    db.session.add_all(
        [
            tier,
            LoginEvent(user_id=owner.id, outcome=LoginOutcome.WRONG),
            CourseStatusChange(
                course_id=course.id,
                from_status=CourseStatus.DRAFT,
                to_status=CourseStatus.PUBLISHED,
                actor_id=owner.id,
            ),
            LessonBodyAsset(body_id=body.id, asset_id=asset_id),
            LessonProgress(enrollment_id=learning.id, lesson_key="l1", version_number=1),
            CourseProgress(enrollment_id=learning.id, version_id=version_id),
        ]
    )
    db.session.flush()
    db.session.add(InstructorProfile(user_id=people["contributor"].id, tier_id=tier.id))
    audit.record(actor_for(owner), "course.create", "course", course.id)


def _invite(people: Mapping[str, User], parts: Mapping[str, str]) -> dict[str, str]:
    """Let the invitation be the learner's, with a link that works; name who else can be named."""
    learner, token = db.session.get_one(User, people["learner"].id), f"a-token-{parts['slug']}"
    db.session.refresh(learner)
    invitation = db.session.get_one(TeachingInvitation, int(parts["invitation_id"]))
    invitation.email, invitation.token_hash = learner.email, hash_of(token)
    return {
        "token": token,
        "team/user_id": str(people["instructor"].id),
    }


def _operate(owner: User, parts: Mapping[str, str], slug: str, *, times: int) -> dict[str, str]:
    """Change the draft's board; return what names the last change and the state after it."""
    course = db.session.scalars(select(Course).filter_by(slug=slug)).one()
    actor, key = actor_for(owner), parts["modules/key"].replace("1", "2")
    module = select(Module).join(CourseVersion).filter_by(course_id=course.id, number=None)
    row = db.session.scalars(module.where(Module.key == key)).one().id
    for n in range(times):
        last = n == times - 1
        title = canary("modules", "title", row) + ("" if last else f" {n}")
        rename_module(actor, course_id=course.id, key=key, title=title, revision=n + 1)
    version = db.session.scalars(
        select(CourseVersion).filter_by(course_id=course.id, number=None)
    ).one()
    waiting = Base.metadata.tables["review_requests"]
    mine = update(waiting).where(waiting.c.id == int(parts["request_id"]))
    db.session.execute(mine.values(revision=version.revision))
    return {
        "sequence": str(version.sequence),
        "revision": str(version.revision),
        "board_revision": str(version.board_revision),
    }


def _bases(slug: str) -> dict[str, str]:
    """What changes of the draft's first block, of its basics and of its title must begin with."""
    course = db.session.scalars(select(Course).filter_by(slug=slug)).one()
    version = db.session.scalars(
        select(CourseVersion).filter_by(course_id=course.id, number=None)
    ).one()
    draft = (
        select(LessonDraft.blocks)
        .join(Lesson, Lesson.id == LessonDraft.lesson_id)
        .where(Lesson.version_id == version.id)
        .order_by(Lesson.id)
    )
    blocks = json.loads(db.session.scalars(draft).first() or "[]")
    basics = basics_base(version)
    return {"base": digest(blocks[0]), "basics_base": basics, "title": version.title}


def course_asset(made: world.World) -> int:
    """The number of the asset that the school's parts name."""
    assets = Base.metadata.tables["assets"]
    found = select(assets.c.id).where(assets.c.public_id == made.parts["asset"])
    return int(db.session.scalars(found).one())


def _set_apart(parts: Mapping[str, str], ids: Mapping[str, frozenset[int]]) -> dict[str, str]:
    """Hide the school's courses, and give its modules, lessons and blocks keys of their own."""
    tables = Base.metadata.tables
    courses = tables["courses"]
    db.session.execute(
        update(courses).where(courses.c.id.in_(ids["courses"])).values(is_public=False)
    )
    for name, column in (("modules", "key"), ("lessons", "key"), ("lesson_progress", "lesson_key")):
        table = tables[name]
        mine = update(table).where(table.c.id.in_(ids[name]))
        db.session.execute(mine.values({column: "z" + table.c[column]}))
    for name in ("lesson_bodies", "lesson_drafts"):
        table = tables[name]
        for row in db.session.execute(select(table).where(table.c.id.in_(ids[name]))).all():
            blocks = row.blocks.replace(parts["block"], "z" + parts["block"][1:])
            db.session.execute(update(table).where(table.c.id == row.id).values(blocks=blocks))
    keyed = {name: "z" + parts[name] for name in ("lesson", "lessons/key", "modules/key")}
    return {**keyed, "block": "z" + parts["block"][1:]}


def _put_canaries(table: Table, ids: frozenset[int]) -> None:
    texts = [c.name for c in table.columns if _is_text(c.type) and not _is_structure(c.name)]
    for row in db.session.execute(select(table).where(table.c.id.in_(ids))).mappings().all():
        said = {name: _said(table.name, name, row["id"], row[name]) for name in texts}
        said = {name: value for name, value in said.items() if value is not None}
        if "blocks" in said:
            said["digest"] = sha256(str(said["blocks"]).encode()).hexdigest()
        if said:
            db.session.execute(update(table).where(table.c.id == row["id"]).values(said))


def _is_structure(column: str) -> bool:
    return column in STRUCTURE or column.endswith("_key")


def _is_text(kind: object) -> bool:
    return isinstance(kind, String | JSON) and not isinstance(kind, Enum)


def _said(table: str, column: str, row: int, before: object) -> object:
    """What a field says instead of what it said; None where its shape must stay."""
    text = canary(table, column, row)
    if column == "email":
        return f"{text.lower()}@example.org" if before else None
    if table in ("lesson_bodies", "lesson_drafts") and isinstance(before, str):
        return re.sub(r"Read this\w*\.", text, before)
    if column == "objectives":
        return [text]
    if column in ("detail", "payload"):
        return {"said": text}
    return text if isinstance(before, str) else None
