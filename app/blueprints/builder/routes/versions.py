"""What has been published: the list, and the way back to a version of it."""

from flask import Response, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import StaleHistory
from app.blueprints.builder.forms import PublicationForm, read_audience
from app.blueprints.builder.policies import can_publish_course, can_see_draft
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.builder.routes.consequences import finished_of, meaning_of
from app.blueprints.builder.routes.difference import rows_of
from app.blueprints.builder.routes.publication import show_progress
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.core import limits
from app.core.db import writing
from app.core.errors import Text
from app.core.guards import current_actor
from app.core.htmx import render
from app.core.limits import limiter
from app.core.pagination import Page, page_number
from app.core.registries import panels


@bp.get("/teaching/<slug>/versions")
@course_guard(can_see_draft)
def versions(course: Course) -> Response:
    """List what has been published, newest first."""
    found = queries.list_versions(course, page_number(request.args.get("page")))
    lines = [(row, rows_of(row.difference)) for row in found.items]
    learners = _learners(course)
    return render(
        "builder/versions.html",
        course=course,
        listed=Page(lines, found.number, found.size, found.total),
        has_draft=queries.has_draft(course),
        learners={row.version.id: learners.get(row.version.id, 0) for row in found.items},
        behind=sum(learners.values()) - learners.get(course.current_version_id or 0, 0),
        page_url=lambda number: url_for("builder.versions", slug=course.slug, page=number),
    )


@bp.get("/teaching/<slug>/versions/<int:number>/revert")
@course_guard(can_see_draft)
def revert_page(course: Course, number: int) -> Response:
    """Show what going back to a version would change, and for whom."""
    return _show(course, number, PublicationForm())


@bp.post("/teaching/<slug>/versions/<int:number>/revert")
@limiter.limit(limits.CREATE)
@course_guard(can_see_draft)
def revert(course: Course, number: int) -> Response:
    """Ask for a copy of a version to be published; answers 202 with how far it has come."""
    form = PublicationForm()
    if not form.is_sent():
        return _show(course, number, form, status=422)
    try:
        with writing():
            publication = services.request_revert(
                current_actor(),
                course_id=course.id,
                number=number,
                becomes=request.form.get("becomes", 0, type=int),
                audience=read_audience(request.form),
                redo_keys=request.form.getlist("redo"),
                note=form.text("note"),
            )
    except StaleHistory as error:
        return _show(course, number, form, status=error.status, refused=error.message)
    return show_progress(course, publication.id, status=202)


def _learners(course: Course) -> dict[int, int]:
    """Return how many learners are on which version, as a higher floor knows."""
    counted: dict[int, int] = {}
    for found in panels.call("builder.version_learners", course):
        counted |= found
    return counted


def _show(
    course: Course,
    number: int,
    form: PublicationForm,
    *,
    status: int = 200,
    refused: Text | None = None,
) -> Response:
    preview = queries.revert_preview(course, number)
    return render(
        "builder/revert.html",
        status=status,
        course=course,
        preview=preview,
        changes=rows_of(preview.difference, finished=finished_of(course, preview)),
        **meaning_of(course, preview),
        has_draft=queries.has_draft(course),
        may_publish=can_publish_course(current_actor(), course),
        why=form,
        refused=refused,
    )
