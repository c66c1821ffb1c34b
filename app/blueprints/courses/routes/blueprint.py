"""The blueprint that the routes of courses hang on, and what they give to templates."""

from flask import Blueprint, url_for

from app.blueprints.courses.rules.cards import length_name, level_name, sort_name
from app.blueprints.courses.rules.team import role_name
from app.core.covers import cover

bp = Blueprint("courses", __name__)


def cover_of(slug: str, asset: str, *, lazy: bool = True) -> str:
    """Return the image element of a course's cover: the picture `asset`, or the drawn one."""
    picture = url_for("courses.media", asset=asset) if asset else ""
    return cover(slug, lazy=lazy, picture=picture)


bp.add_app_template_global(cover_of)
bp.add_app_template_global(length_name)
bp.add_app_template_global(level_name)
bp.add_app_template_global(role_name)
bp.add_app_template_global(sort_name)
