"""What a publication would mean for learners: numbers that follow what an author chooses."""

from typing import Any

from flask import Response, request

from app.blueprints.builder import queries
from app.blueprints.builder.forms import read_audience
from app.blueprints.builder.models import Audience
from app.blueprints.builder.policies import can_see_draft
from app.blueprints.builder.queries import PublicationChoice, PublicationPreview
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.core.htmx import render
from app.core.registries import panels

# Of so many rewritten lessons it is told at once how many people have finished each.
MOST_COUNTED = 20


@bp.get("/teaching/<slug>/review/consequences")
@course_guard(can_see_draft)
def consequences(course: Course) -> Response:
    """Show what publishing the working version would mean."""
    return _show(course, queries.publication_preview(course))


@bp.get("/teaching/<slug>/versions/<int:number>/revert/consequences")
@course_guard(can_see_draft)
def revert_consequences(course: Course, number: int) -> Response:
    """Show what going back to a version would mean."""
    return _show(course, queries.revert_preview(course, number))


def meaning_of(
    course: Course, preview: PublicationPreview, choice: PublicationChoice | None = None
) -> dict[str, Any]:
    """Return what templates need to tell it: the panels of higher floors, and the choice."""
    choice = choice or PublicationChoice()
    return {"consequences": panels.call("builder.consequences", course, preview, choice)}


def finished_of(course: Course, preview: PublicationPreview) -> dict[str, int]:
    """Return how many have finished each rewritten lesson, where these are not too many."""
    keys = [change.key for change in preview.difference.rewritten] if preview.difference else []
    counted: dict[str, int] = {}
    if 0 < len(keys) <= MOST_COUNTED:
        for found in panels.call("builder.finished", course, keys):
            counted |= found
    return counted


def _show(course: Course, preview: PublicationPreview) -> Response:
    everyone = read_audience(request.args) is Audience.EVERYONE
    asked = set(request.args.getlist("redo"))
    choice = PublicationChoice(everyone, tuple(key for key in preview.keys if key in asked))
    context = {"course": course, **meaning_of(course, preview, choice)}
    return render("builder/meaning.html", "builder/_meaning.html", **context)
