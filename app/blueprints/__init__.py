"""The domains, one package each; a package imports only from lower floors."""

from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint, Flask

# From the ground up.
DOMAINS = (
    "accounts",
    "profiles",
    "courses",
    "builder",
    "enrollments",
    "learning",
    "messaging",
    "interchange",
    "backoffice",
    "home",
)
# The rooms that act when they are loaded: tables, reactions, routes and commands.
ROOMS = ("models", "jobs", "subscribers", "panels", "routes", "cli")


def register_all(app: Flask) -> None:
    """Load every domain's rooms and attach its blueprint."""
    for domain in DOMAINS:
        for room in ROOMS:
            name = f"{__name__}.{domain}.{room}"
            if find_spec(name) is None:
                continue
            module = import_module(name)
            blueprint = getattr(module, "bp", None)
            if isinstance(blueprint, Blueprint):
                app.register_blueprint(blueprint)
