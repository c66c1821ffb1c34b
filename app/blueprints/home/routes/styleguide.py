"""The style guide: every component in both themes and every kind of page, in development only."""

import re

from flask import Blueprint, Response, current_app

from app.blueprints.home.routes import specimens
from app.core.assets import STATIC
from app.core.errors import NotFound
from app.core.guards import public
from app.core.htmx import render
from app.core.pagination import Page

PARTS = (
    "text",
    "colours",
    "buttons",
    "badges",
    "notices",
    "forms",
    "progress",
    "navigation",
    "data",
    "empty",
    "prose",
    "covers",
    "icons",
)
PAGES = (
    "home",
    "catalogue",
    "course",
    "dashboard",
    "player",
    "teaching",
    "basics",
    "board",
    "drawer",
    "review",
    "publication",
    "people",
    "audit",
    "certificate",
    "log-in",
)

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")


@bp.before_request
def refuse_in_production() -> None:
    """Hide the guide where real people learn; raises `NotFound`."""
    if current_app.config["SETTINGS"].is_production:
        raise NotFound


@bp.get("")
@public
def index() -> Response:
    """Show every component in both themes."""
    return render(
        "home/styleguide.html",
        parts=PARTS,
        pages=PAGES,
        icons=icon_names(),
        forms={look: specimens.filled_form(look) for look in ("light", "dark")},
        page=Page(list(range(25)), 3, 25, 240),
        url_of=lambda number: f"?page={number}",
    )


@bp.get("/<name>")
@public
def page(name: str) -> Response:
    """Show one example page, at its real size and in the reader's theme."""
    if name not in PAGES:
        raise NotFound
    return render(
        f"home/styleguide/{name}.html",
        courses=specimens.COURSES,
        modules=specimens.MODULES,
        people=specimens.PEOPLE,
        form=specimens.filled_form("page"),
    )


def icon_names() -> list[str]:
    """Return the names of all icons in the sprite."""
    return re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8"))
