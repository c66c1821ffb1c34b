"""What approvers do: the queue, one request with its difference, approve or send back."""

from flask import Response, flash, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import NotReady, StaleBoard
from app.blueprints.builder.forms import SendBackForm
from app.blueprints.builder.models import ReviewState
from app.blueprints.builder.policies import can_review
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.builder.routes.difference import rows_of
from app.core.db import writing
from app.core.guards import current_actor, guard
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _


@bp.get("/review")
@guard(can_review)
def review_queue() -> Response:
    """List what waits for an approver."""
    return render("builder/review_queue.html", requests=queries.review_queue())


@bp.get("/review/<int:request_id>")
@guard(can_review)
def review(request_id: int) -> Response:
    """Show one submitted version against what is live."""
    return _show(request_id, SendBackForm())


@bp.post("/review/<int:request_id>/approval")
@guard(can_review)
def approve(request_id: int) -> Response:
    """Approve a version, which publishes it; one that was edited since is shown anew."""
    slug = queries.get_review(request_id).course.slug
    try:
        with writing():
            publication = services.approve(
                current_actor(), request_id=request_id, redo_keys=request.form.getlist("redo")
            )
    except (NotReady, StaleBoard) as error:
        return _show(request_id, SendBackForm(), status=error.status)
    return redirect(url_for("builder.publication", slug=slug, publication_id=publication.id))


@bp.post("/review/<int:request_id>/return")
@guard(can_review)
def send_back(request_id: int) -> Response:
    """Return a version to its authors with reasons."""
    form = SendBackForm()
    if not form.is_sent():
        return _show(request_id, form, status=422)
    with writing():
        services.send_back(current_actor(), request_id=request_id, reason=form.reason.data or "")
    flash(_("Sent back with your reasons."), "good")
    return redirect(url_for("builder.review_queue"))


def _show(request_id: int, form: SendBackForm, *, status: int = 200) -> Response:
    found = queries.get_review(request_id)
    preview = queries.publication_preview(found.course)
    return render(
        "builder/review.html",
        status=status,
        request_=found,
        course=found.course,
        preview=preview,
        changes=rows_of(preview.difference, queries.text_differences(found.course, preview)),
        is_open=found.state is ReviewState.OPEN,
        is_stale=preview.version.revision != found.revision,
        form=form,
    )
