"""The third step: look over what would be published, publish or submit, and watch it happen."""

from flask import Response, flash, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import NotReady
from app.blueprints.builder.forms import (
    PublicationForm,
    SubmissionForm,
    read_audience,
    read_revision,
)
from app.blueprints.builder.models import PublicationState
from app.blueprints.builder.policies import can_publish_course, can_see_draft
from app.blueprints.builder.routes.blueprint import base_of, bp
from app.blueprints.builder.routes.consequences import finished_of, meaning_of
from app.blueprints.builder.routes.difference import addresses_of, rows_of
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core import limits
from app.core.db import writing
from app.core.forms import Form
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter


@bp.get("/teaching/<slug>/review")
@course_guard(can_edit_course)
def review_step(course: Course) -> Response:
    """Show what publishing now would change, and for whom."""
    return _show(course)


@bp.post("/teaching/<slug>/publication")
@limiter.limit(limits.CREATE)
@course_guard(can_edit_course)
def publish(course: Course) -> Response:
    """Ask for the working version to be published; answers 202 with how far it has come."""
    form = PublicationForm()
    if not form.is_sent():
        return _show(course, status=422, why=form)
    try:
        with writing():
            publication = services.request_publication(
                current_actor(),
                course_id=course.id,
                revision=read_revision(request.form),
                audience=read_audience(request.form),
                redo_keys=request.form.getlist("redo"),
                note=form.text("note"),
            )
    except NotReady as error:
        return _show(course, status=error.status, why=form)
    return show_progress(course, publication.id, status=202)


@bp.post("/teaching/<slug>/reviews")
@limiter.limit(limits.CREATE)
@course_guard(can_edit_course)
def submit(course: Course) -> Response:
    """Ask an approver to look at the working version."""
    form = SubmissionForm()
    if not form.is_sent():
        return _show(course, status=422, form=form)
    try:
        with writing():
            services.submit_for_review(
                current_actor(),
                course_id=course.id,
                revision=read_revision(request.form),
                note=form.note.data or "",
            )
    except NotReady as error:
        return _show(course, status=error.status, form=form)
    flash(_("Submitted. You will hear when somebody has looked at it."), "good")
    return redirect(url_for("builder.review_step", slug=course.slug))


@bp.get("/teaching/<slug>/publications/<int:publication_id>")
@course_guard(can_see_draft)
def publication(course: Course, publication_id: int) -> Response:
    """Show how far a publication has come; asked again until it has ended."""
    return show_progress(course, publication_id)


def _show(course: Course, *, status: int = 200, **forms: Form) -> Response:
    preview = queries.publication_preview(course)
    return render(
        "builder/review_step.html",
        status=status,
        course=course,
        base=base_of(course),
        step=3,
        steps=queries.steps(preview.version, len(preview.readiness.must)),
        version=preview.version,
        next_number=preview.number,
        readiness=preview.readiness,
        first_lesson=next(iter(preview.outline.lessons), None),
        preview=preview,
        changes=rows_of(
            preview.difference,
            queries.text_differences(course, preview),
            finished_of(course, preview),
            addresses_of(course, preview),
        ),
        **meaning_of(course, preview),
        threads=queries.threads_of(preview.version.id),
        titles={lesson.key: lesson.title for lesson in preview.outline.lessons.values()},
        open_review=queries.find_open_review(course),
        may_publish=can_publish_course(current_actor(), course),
        **{"form": SubmissionForm(), "why": PublicationForm(), **forms},
    )


def show_progress(course: Course, publication_id: int, *, status: int = 200) -> Response:
    """Answer with how far a publication has come."""
    found = queries.get_publication(course, publication_id)
    response = render(
        "builder/publication.html",
        "builder/_publication.html",
        status=status,
        course=course,
        publication=found,
        waiting=found.state is PublicationState.QUEUED,
    )
    response.headers["Location"] = url_for(
        "builder.publication", slug=course.slug, publication_id=found.id
    )
    response.headers["Cache-Control"] = "no-store"
    return response
