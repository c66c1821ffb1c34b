"""What profiles do when something changes below them."""

from app.blueprints.profiles import services
from app.core.registries import hooks


@hooks.fill("accounts.roles_changed")
def on_roles_changed(user_id: int, roles: frozenset[str]) -> None:
    """Give a new contributor a profile, in the transaction that makes them one."""
    if "contributor" in roles:
        services.become_instructor(user_id)
