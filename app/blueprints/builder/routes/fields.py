"""Forms whose fields are saved by themselves: what was sent, and the answer where not all of it is.

Such a page sends only the fields that were changed, each with what it said when the form began
with it under the same name after `was-`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from app.blueprints.builder import services
from app.blueprints.builder.errors import NoFieldSaved
from app.blueprints.builder.rules.fields import Field, Unsaved
from app.blueprints.builder.rules.sessions import Place
from app.blueprints.courses.models import Course
from app.core.db import writing
from app.core.errors import Text
from app.core.guards import current_actor
from app.core.htmx import render
from app.core.inputs import Fields

# Before the name of a field: what it said when its form began with it.
WAS = "was-"


@dataclass(frozen=True, slots=True)
class Contested:
    """A field that two people changed: both in words, and theirs as the form would send it."""

    label: Text
    mine: Text
    theirs: Text
    fields: dict[str, str]


def began() -> Fields:
    """Return what the fields that were sent said when their form began with them."""
    sent = request.form.items()
    return Fields({name.removeprefix(WAS): one for name, one in sent if name.startswith(WAS)})


def save(course: Course, place: Place, service: Callable[[], Unsaved]) -> Unsaved:
    """Carry out a service that saves fields; return what is not saved."""
    try:
        with writing():
            unsaved = service()
            services.count_autosave(current_actor(), course_id=course.id, place=place)
    except NoFieldSaved as nothing:
        return Unsaved(nothing.others, nothing.refused)
    return unsaved


def fields_of(values: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Field]:
    """Return the fields that were sent; one without what it said first agrees with nothing else."""
    return {name: Field(value, was.get(name, value)) for name, value in values.items()}


def answer(refused: Mapping[str, Text], contested: Sequence[Contested]) -> Response:
    """Answer 204, or with what is not saved: why, and both texts where somebody changed one."""
    if not refused and not contested:
        return Response(status=204)
    theirs = {name: value for one in contested for name, value in one.fields.items()}
    return render(
        "builder/_unsaved_fields.html",
        status=409 if contested else 422,
        refused=refused,
        contested=contested,
        theirs=theirs,
    )
