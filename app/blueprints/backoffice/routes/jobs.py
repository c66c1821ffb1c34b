"""Jobs: what waits, what failed for good, and trying again."""

from flask import Response, flash, request, url_for

from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.i18n import ngettext
from app.core.outbox import queries, services
from app.core.pagination import page_number


@bp.get("/jobs")
@administrators
def jobs() -> Response:
    """List the jobs that failed for good, or all of them."""
    state = "all" if request.args.get("state") == "all" else "dead"
    number = page_number(request.args.get("page"))
    page = queries.list_recent(number) if state == "all" else queries.list_dead(number)
    counts = queries.count_states()
    templates = "backoffice/jobs.html", "backoffice/_jobs.html"
    return render(*templates, page=page, state=state, counts=counts)


@bp.post("/jobs/<int:entry_id>/retry")
@administrators
def retry_job(entry_id: int) -> Response:
    """Give a job that failed for good all its tries again."""
    with writing():
        services.retry(current_actor(), entry_id)
    flash(_("Job %(number)d is tried again.", number=entry_id), "good")
    return redirect(url_for("backoffice.jobs"))


@bp.post("/jobs/retry")
@administrators
def retry_all_jobs() -> Response:
    """Give every job that failed for good all its tries again."""
    with writing():
        number = services.retry_all(current_actor())
    flash(ngettext("One job is tried again.", "%(num)d jobs are tried again.", number), "good")
    return redirect(url_for("backoffice.jobs"))
