"""What every page of the settings shows around its own forms."""

from typing import Any

from flask import Response, url_for

from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course, can_manage_course
from app.core.errors import Text
from app.core.guards import current_actor
from app.core.htmx import render
from app.core.i18n import lazy_gettext as _l

_TABS: tuple[tuple[str, Text], ...] = (
    ("courses.settings", _l("Finding it")),
    ("courses.admission", _l("Getting in")),
    ("courses.team", _l("Team")),
    ("courses.life", _l("Copy and end")),
)


def show(course: Course, tab: str, /, *, status: int = 200, **more: Any) -> Response:
    """Answer with the settings page of the endpoint `courses.<tab>`."""
    actor = current_actor()
    edits = can_edit_course(actor, course)
    tabs = [
        (label, url_for(name, slug=course.slug), name == f"courses.{tab}")
        for name, label in _TABS
        if edits or name == "courses.team"
    ]
    return render(
        f"courses/settings/{tab}.html",
        status=status,
        course=course,
        settings_tabs=tabs,
        manages=can_manage_course(actor, course),
        **more,
    )
