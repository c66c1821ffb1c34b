"""Subjects, categories and tags, as administrators keep them."""

from slugify import slugify
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from app.blueprints.courses.models import (
    Category,
    Course,
    CourseCategory,
    CourseTag,
    Subject,
    Tag,
    Term,
)
from app.blueprints.courses.models.terms import LONGEST_TAG, LONGEST_TERM
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _l

KINDS: dict[str, type[Term]] = {"subjects": Subject, "categories": Category, "tags": Tag}


def ensure_subject(name: str) -> Subject:
    """Return the subject of that name, made if it is not there."""
    named = select(Subject).where(Subject.name == name)
    subject = db.session.execute(named).scalar_one_or_none()
    if subject is None:
        subject = Subject(name=name, slug=slugify(name))
        db.session.add(subject)
        db.session.flush()
    return subject


def add_term(actor: Actor, *, kind: str, name: str) -> Term:
    """Make a subject, category or tag; raises `Forbidden`, `NotFound` and `Invalid`."""
    table = _opened(actor, kind)
    name = _checked(table, name)
    term = table(name=name, slug=slugify(name))
    _saved(term)
    audit.record(actor, f"{kind}.added", kind, term.id, name=name)
    return term


def rename_term(actor: Actor, *, kind: str, term_id: int, name: str) -> Term:
    """Call it otherwise; its part of addresses stays. Raises as `add_term` does."""
    term = _term(actor, kind, term_id)
    before, after = term.name, _checked(type(term), name)
    if after == before:
        return term
    term.name = after
    _saved(term)
    _touch_courses(term)
    audit.record(actor, f"{kind}.renamed", kind, term_id, before=before, after=after)
    return term


def delete_term(actor: Actor, *, kind: str, term_id: int) -> None:
    """Take it away; raises `Conflict` for a subject that courses are in, deleted ones too."""
    term = _term(actor, kind, term_id)
    if isinstance(term, Subject) and _has_courses(term):
        raise Conflict(
            _l("Courses are in “%(name)s”. Move them to another subject first.", name=term.name)
        )
    _touch_courses(term)
    audit.record(actor, f"{kind}.deleted", kind, term_id, name=term.name)
    db.session.execute(delete(type(term)).where(type(term).id == term_id))


def _opened(actor: Actor, kind: str) -> type[Term]:
    if not actor.is_admin:
        raise Forbidden
    if kind not in KINDS:
        raise NotFound
    return KINDS[kind]


def _term(actor: Actor, kind: str, term_id: int) -> Term:
    table = _opened(actor, kind)
    statement = select(table).where(table.id == term_id).with_for_update()
    term = db.session.execute(statement).scalar_one_or_none()
    if term is None:
        raise NotFound
    return term


def _checked(table: type[Term], name: str) -> str:
    name = " ".join(name.split())
    longest = LONGEST_TAG if table is Tag else LONGEST_TERM
    if not slugify(name):
        raise Invalid(fields={"name": _l("Use letters or digits.")})
    if len(name) > longest or len(slugify(name)) > LONGEST_TERM:
        words = _l("Keep the name under %(longest)d characters.", longest=longest)
        raise Invalid(fields={"name": words})
    return name


def _saved(term: Term) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(term)
    except IntegrityError as error:
        raise Invalid(fields={"name": _l("There is one of this name already.")}) from error


def _has_courses(subject: Subject) -> bool:
    statement = select(Course.id).where(Course.subject_id == subject.id).limit(1)
    return db.session.execute(statement).first() is not None


def _touch_courses(term: Term) -> None:
    """Let the pages that show the term be drawn anew."""
    db.session.execute(
        update(Course)
        .where(_shows(term))
        .values(updated_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _shows(term: Term) -> ColumnElement[bool]:
    if isinstance(term, Subject):
        return Course.subject_id == term.id
    table, column = (
        (CourseTag, CourseTag.tag_id)
        if isinstance(term, Tag)
        else (CourseCategory, CourseCategory.category_id)
    )
    return Course.id.in_(select(table.course_id).where(column == term.id))
