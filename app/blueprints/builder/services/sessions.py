"""Runs of authoring: begun by the first thing that a page sends, closed when nobody goes on.

Opening the builder writes nothing, since that is a GET; a run begins when the page says for the
first time that somebody is there or, without JavaScript, with the first text that is saved.
What was written lives in the working version, which outlasts every run.
"""

import secrets

from sqlalchemy import bindparam, update

from app.blueprints.builder.models import BuilderSession
from app.blueprints.builder.queries.sessions import find_session
from app.blueprints.builder.rules.sessions import IDLE, Checked, Place, is_over
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import get_course, lock_course, shown_in_builder
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden

_COUNT = (
    update(BuilderSession)
    .where(
        BuilderSession.course_id == bindparam("course"),
        BuilderSession.instructor_id == bindparam("instructor"),
        BuilderSession.closed_at.is_(None),
        BuilderSession.expires_at > clock.db_time(),
    )
    .values(
        autosaves=BuilderSession.autosaves + 1,
        last_seen_at=clock.db_time(),
        expires_at=clock.db_time(IDLE),
    )
    .returning(BuilderSession.id)
    .execution_options(synchronize_session=False)
)


def go_on_building(
    actor: Actor, *, course_id: int, place: Place, checked: Checked | None = None
) -> BuilderSession:
    """Note that `actor` is at the course, in `place`; begin a run where none is open.

    `checked` is what a look at the whole found, where there was one. Raises `NotFound` and
    `Forbidden`.
    """
    course = get_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    run = _open_run(actor, course_id)
    now = clock.db_now()
    run.version_id = shown_in_builder(course).id
    run.step, run.lesson, run.block = place.step, place.lesson, place.block
    run.last_seen_at, run.expires_at = now, now + IDLE
    if checked:
        run.problems, run.progress = checked.problems, checked.progress
        run.checked_revision, run.checked_at = checked.revision, now
    return run


def count_autosave(actor: Actor, *, course_id: int, place: Place) -> None:
    """Count what was saved in `place` to the run of `actor`, begun by it where none is open."""
    which = {"course": course_id, "instructor": actor.id}
    if db.session.execute(_COUNT, which).scalar() is None:
        go_on_building(actor, course_id=course_id, place=place).autosaves = 1


def close_idle_sessions() -> int:
    """Close the runs that nobody went on with; return how many."""
    now = clock.db_now()
    closed = (
        update(BuilderSession)
        .where(BuilderSession.closed_at.is_(None), BuilderSession.expires_at <= now)
        .values(closed_at=now)
        .returning(BuilderSession.id)
    )
    return len(db.session.execute(closed).all())


def _open_run(actor: Actor, course_id: int) -> BuilderSession:
    found = find_session(course_id, actor.id, lock=True)
    if found is None:
        # Two tabs' first posts meet at the course's lock; the second finds the run begun.
        lock_course(course_id)
        found = find_session(course_id, actor.id, lock=True)
    now = clock.db_now()
    if found and not is_over(found.expires_at, now):
        return found
    if found:
        found.closed_at = now
        db.session.flush()
    begun = BuilderSession(
        public_id=secrets.token_urlsafe(16),
        instructor_id=actor.id,
        course_id=course_id,
        began_at=now,
        expires_at=now + IDLE,
    )
    db.session.add(begun)
    return begun
