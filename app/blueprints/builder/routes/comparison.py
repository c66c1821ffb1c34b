"""Any two versions side by side, each comparison at an address of its own."""

from collections.abc import Iterator
from typing import Any

from flask import Response, request, url_for

from app.blueprints.builder.policies import can_see_draft
from app.blueprints.builder.queries import comparison as queries
from app.blueprints.builder.queries.comparison import DRAFT, Comparison
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.builder.routes.difference import SETTINGS
from app.blueprints.builder.routes.drawer import KINDS
from app.blueprints.builder.routes.sides import blocks_of
from app.blueprints.courses.content.words import Runs, changed_words
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course, CourseVersion
from app.core.errors import NotFound, Text
from app.core.htmx import render
from app.core.i18n import gettext as _


@bp.get("/teaching/<slug>/versions/compare")
@course_guard(can_see_draft)
def compare(course: Course) -> Response:
    """Show the structure of two versions side by side: what changed, or all of it."""
    offered = queries.offered_versions(course)
    old, new = _chosen(course, offered)
    found = queries.compare_versions(old, new)
    return render(
        "builder/compare.html",
        **_context(course, old, new),
        offered=[(name, _name(name)) for name in offered],
        everything="all" in request.args,
        found=found,
        settings=list(_settings(found)),
        kinds=KINDS,
    )


@bp.get("/teaching/<slug>/versions/compare/<key>")
@course_guard(can_see_draft)
def compare_lesson(course: Course, key: str) -> Response:
    """Show the text of a lesson in two versions, block by block."""
    old, new = _chosen(course, queries.offered_versions(course))
    before, after, sides = queries.compare_texts(old, new, key)
    texts = queries.compare_versions(old, new)
    keys = texts.rewritten
    at = keys.index(key) if key in keys else None
    return render(
        "builder/compare_lesson.html",
        **_context(course, old, new),
        key=key,
        before=before,
        after=after,
        blocks=blocks_of(sides),
        earlier=keys[at - 1] if at else None,
        later=keys[at + 1] if at is not None and at + 1 < len(keys) else None,
    )


def _chosen(course: Course, offered: list[str]) -> tuple[CourseVersion, CourseVersion]:
    """Return the two versions asked for: the newest and the one before, unless told."""
    if not offered:
        raise NotFound
    new = request.args.get("to") or offered[0]
    older = offered[offered.index(new) + 1 :] if new in offered else []
    old = request.args.get("from") or (older[0] if older else new)
    return queries.find_compared(course, old), queries.find_compared(course, new)


def _context(course: Course, old: CourseVersion, new: CourseVersion) -> dict[str, Any]:
    names = [DRAFT if one.number is None else str(one.number) for one in (old, new)]

    def address(endpoint: str = "builder.compare", **more: Any) -> str:
        values: dict[str, Any] = {"from": names[0], "to": names[1], **more}
        return url_for(endpoint, slug=course.slug, **values)

    return {
        "course": course,
        "chosen": names,
        "names": [_name(name) for name in names],
        "address": address,
    }


def _name(name: str) -> str:
    return _("The draft") if name == DRAFT else _("Version %(number)s", number=name)


def _settings(found: Comparison) -> Iterator[tuple[Text, Runs]]:
    """Give what the basics say otherwise: the name of each, and the words that changed."""
    for name in found.difference.settings:
        before, after = (_as_text(side.settings.get(name)) for side in (found.before, found.after))
        yield SETTINGS.get(name, name), changed_words(before, after)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return "" if value is None else str(value)
