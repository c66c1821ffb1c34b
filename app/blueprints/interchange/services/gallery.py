"""The templates that come with Lectern: folders of Markdown that become courses of nobody's."""

from pathlib import Path

from sqlalchemy import select

from app.blueprints.builder import services as builder
from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, TemplateReach
from app.blueprints.interchange.services.importing import import_course
from app.blueprints.interchange.services.preparing import PreparedCourse
from app.core.actor import SYSTEM
from app.core.db import db

FOLDER = Path(__file__).parents[1] / "gallery"


def missing_templates() -> list[Path]:
    """Return the folders whose template was never made; one that was deleted stays away."""
    folders = sorted(one for one in FOLDER.iterdir() if one.is_dir())
    made = select(Course.slug).where(Course.slug.in_([address_of(one) for one in folders]))
    there = set(db.session.execute(made).scalars())
    return [one for one in folders if address_of(one) not in there]


def install_template(prepared: PreparedCourse, *, address: str) -> Course:
    """Make a template for everybody of what was read from one of the folders."""
    made = import_course(SYSTEM, prepared)
    course = courses.change_address(SYSTEM, course_id=made.course_id, slug=address)
    course.template = TemplateReach.MINE
    db.session.flush()
    return builder.set_template_reach(SYSTEM, course_id=course.id, reach=TemplateReach.EVERYONE)


def address_of(folder: Path) -> str:
    """Return the address of the template that a folder is made into."""
    return f"template-{folder.name}"
