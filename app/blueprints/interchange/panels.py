"""What this domain hangs where lower floors ask: the courses of the demonstration school."""

from pathlib import Path

from app.blueprints.interchange import queries, services
from app.blueprints.interchange.markdown import read_course
from app.core.actor import Actor
from app.core.db import writing
from app.core.registries import hooks

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
