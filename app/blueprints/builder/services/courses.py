"""Beginning a course: one module to put lessons in."""

from sqlalchemy import func, select

from app.blueprints.courses import services as courses
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Course, Module, Subject
from app.blueprints.courses.queries import find_working_version
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext
from app.core.i18n import lazy_gettext as _l

LONGEST_TITLE = 200


def create_course(
    actor: Actor, *, title: str, subject_id: int | None = None, first_module: str | None = ""
) -> Course:
    """Make a draft with one module, named `first_module` (None: without any).

    Raises `Forbidden` and `Invalid`.
    """
    title = checked_title(title)
    if subject_id is not None and not subject_exists(subject_id):
        raise NotFound
    course = courses.create_course(actor, title=title, subject_id=subject_id)
    working = find_working_version(course.id)
    if working is not None and first_module is not None:
        name = first_module or gettext("Introduction")
        db.session.add(Module(version_id=working.id, key=new_key(), title=name, position=0))
    db.session.flush()
    return course


def checked_title(title: str) -> str:
    """Return `title` with its spaces put right; raises `Invalid` for none or one too long."""
    title = " ".join(title.split())
    if not title:
        raise Invalid(fields={"title": _l("Give it a title.")})
    if len(title) > LONGEST_TITLE:
        raise Invalid(fields={"title": _l("Keep the title under 200 characters.")})
    return title


def subject_exists(subject_id: int) -> bool:
    """Tell whether there is such a subject."""
    statement = select(func.count()).select_from(Subject).where(Subject.id == subject_id)
    return db.session.execute(statement).scalar_one() == 1
