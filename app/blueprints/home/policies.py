"""Whom the pages of the house are for."""

from app.blueprints.courses.policies import can_create_course
from app.core.actor import Actor


def sees_teaching(actor: Actor) -> bool:
    """Tell whether `actor` is led to the teaching page; anybody signed in may open it."""
    return can_create_course(actor)
