"""Who may bring courses in."""

from app.blueprints.courses.policies import can_create_course
from app.blueprints.interchange import queries
from app.core.actor import Actor


def can_import(actor: Actor) -> bool:
    """Tell whether `actor` may bring something in: as a new course, or into one they edit."""
    return can_create_course(actor) or (
        actor.is_authenticated and bool(queries.editable_courses(actor.id))
    )
