"""What this domain hangs where lower floors ask."""

from collections.abc import Collection
from pathlib import Path

from flask import url_for

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.rules.roster import RosterFilter
from app.blueprints.interchange import queries, services
from app.blueprints.interchange.markdown import read_course
from app.core.actor import Actor
from app.core.db import writing
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l
from app.core.partials import partial
from app.core.registries import hooks, panels

COURSES = Path(__file__).parent / "demo"


@hooks.fill("demo.courses")
def demo_courses(actor: Actor) -> list[int]:
    """Make the demonstration courses that `actor` does not have yet; returns the ids of all."""
    return [_made(actor, folder) for folder in sorted(COURSES.iterdir()) if folder.is_dir()]


def _made(actor: Actor, folder: Path) -> int:
    read = read_course(folder)
    there = queries.find_own_course(actor, read.title)
    if there is not None:
        return there.id
    prepared = services.prepare_course(actor, read)
    with writing():
        return services.import_course(actor, prepared).course_id


@panels.fill("builder.new_course_links")
def import_link() -> tuple[Text, str]:
    """Lead those who begin a course to bringing one in."""
    return _l("Import Markdown"), url_for("interchange.new_import")


@hooks.fill("storage.in_use")
def archives_in_use(digests: Collection[str]) -> set[str]:
    """Keep the sweep from archives and lists that are still to be brought in."""
    return queries.under_way(digests)


@panels.fill("enrollments.ways_in")
def list_link(course: Course) -> tuple[Text, str]:
    """Lead those who decide about people to bringing in a list of them."""
    return _l("Import a list"), url_for("interchange.new_list", slug=course.slug)


@panels.fill("enrollments.roster_foot")
def export_button(course: Course, wanted: RosterFilter) -> str:
    """Let those who teach take with them what the roster shows."""
    return partial("interchange/people/_export.html", course=course, wanted=wanted)
