"""The files that somebody sent: where each is shown, and how much room is left."""

from flask import Response, flash, request, url_for

from app.blueprints.courses import queries, services
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.profiles.queries import quotas_of
from app.core.db import writing
from app.core.guards import current_actor, signed_in
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.pagination import page_number


@bp.get("/teaching/library")
@signed_in
def library() -> Response:
    """List the person's files, newest first."""
    actor = current_actor()
    page = queries.files_of(actor.id, page_number(request.args.get("page")))
    return render(
        "courses/library.html",
        page=page,
        shown=queries.shown_to(actor, page.items),
        used=queries.stored_bytes(actor.id),
        most=quotas_of(actor.id).most_bytes,
        url_of=lambda number: url_for("courses.library", page=number),
    )


@bp.delete("/teaching/library/<asset>")
@signed_in
def delete_file(asset: str) -> Response:
    """Put away a file that no lesson shows."""
    with writing():
        gone = services.delete_asset(current_actor(), public_id=asset)
    flash(_("%(name)s is deleted.", name=gone.name), "good")
    return redirect(url_for("courses.library"))
