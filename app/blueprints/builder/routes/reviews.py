"""What approvers do: the queue, one request with its difference, approve or send back."""

from flask import Response, flash, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import NotReady, StaleBoard
from app.blueprints.builder.forms import SendBackForm
from app.blueprints.builder.models import ReviewState
from app.blueprints.builder.policies import can_review
from app.blueprints.builder.queries.drawn import stored_block
from app.blueprints.builder.queries.reviews import Whose
from app.blueprints.builder.routes.blueprint import bp, command
from app.blueprints.builder.routes.difference import addresses_of, rows_of
from app.core import limits
from app.core.addresses import root
from app.core.db import writing
from app.core.guards import current_actor, guard
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter
from app.core.pagination import page_number
from app.core.sent import once


@bp.get("/review")
@guard(can_review)
def review_queue() -> Response:
    """List what waits for an approver."""
    asked = request.args.get("whose", "")
    whose = Whose(asked) if asked in set(Whose) else Whose.ALL
    number = page_number(request.args.get("page"))
    page = queries.review_queue(current_actor().id, whose=whose, page=number)
    return render(
        "builder/review_queue.html",
        page=page,
        whose=whose,
        url_of=lambda number: url_for("builder.review_queue", whose=whose or None, page=number),
    )


@bp.get("/review/<int:request_id>")
@guard(can_review)
def review(request_id: int) -> Response:
    """Show one submitted version against what is live."""
    return _show(request_id, SendBackForm())


@bp.get("/review/<int:request_id>/lessons/<key>")
@guard(can_review)
def review_lesson(request_id: int, key: str) -> Response:
    """Show a lesson as it is now, block by block, with what was said about each."""
    found = queries.get_review(request_id)
    lesson = queries.lesson_editor_of(found.version, key)
    return render(
        "builder/review_lesson.html",
        request_=found,
        course=found.course,
        lesson=lesson.lesson,
        blocks=[(block.key, stored_block(block.block)) for block in lesson.blocks],
        threads=queries.threads_of(found.version_id, lesson=key),
        is_open=found.state is ReviewState.OPEN,
    )


@bp.post("/review/<int:request_id>/comments")
@command
@guard(can_review)
def comment(request_id: int) -> Response:
    """Say something about the course, a lesson or a block."""
    actor = current_actor()
    said = {name: request.form.get(name, "") for name in ("text", "lesson", "block")}
    with writing():
        said_id = once(said, lambda: services.comment(actor, request_id=request_id, **said).id)
    lesson = said["lesson"]
    address = f"{root()}/review/{request_id}" + (f"/lessons/{lesson}" if lesson else "")
    return redirect(f"{address}#comment-{said_id}")


@bp.post("/review/<int:request_id>/approval")
@limiter.limit(limits.CREATE)
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
@command
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
    is_stale = preview.version.revision != found.revision
    since = queries.changed_since(found, preview.outline) if is_stale else None
    return render(
        "builder/review.html",
        status=status,
        request_=found,
        course=found.course,
        base=url_for("builder.review", request_id=found.id),
        preview=preview,
        readiness=preview.readiness,
        changes=rows_of(
            preview.difference,
            queries.text_differences(found.course, preview),
            addresses=addresses_of(found.course, preview),
        ),
        since=rows_of(since),
        threads=queries.threads_of(found.version_id),
        is_open=found.state is ReviewState.OPEN,
        is_stale=is_stale,
        form=form,
    )
