"""Who may look after this place."""

from app.core.actor import Actor


def can_administer(actor: Actor) -> bool:
    """Tell whether `actor` may use the back office."""
    return actor.is_admin
