"""Asking people to take part: by e-mail, or by a link that several may use."""

from datetime import timedelta

from flask import Response, current_app, flash, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries, services
from app.blueprints.enrollments.forms import InvitePeopleForm, LinkForm
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import show
from app.core import limits
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _
from app.core.i18n import ngettext
from app.core.limits import limiter
from app.core.pagination import page_number
from app.core.sent import once


@bp.get("/teaching/<slug>/people/invitations")
@course_guard(policies.can_see_people)
def invitations(course: Course) -> Response:
    """Show who was asked, and who came."""
    return _show(course)


@bp.post("/teaching/<slug>/people/invitations")
@limiter.limit(limits.CREATE)
@course_guard(policies.can_decide_people)
def invite_people(course: Course) -> Response:
    """Ask whoever has these addresses; one that is none is told with its line."""
    form = InvitePeopleForm()
    form.offer(queries.list_cohorts(course.id))
    if not form.is_sent():
        return _show(course, form=form, status=422)
    addresses = form.pasted().addresses
    actor = current_actor()
    asked = {
        "course_id": course.id,
        "emails": addresses,
        "cohort_id": form.cohort_id.data,
        "good_for": timedelta(days=int(form.text("days"))),
    }
    with writing():
        once(asked, lambda: len(services.invite(actor, **asked)))
    number = len(addresses)
    flash(
        ngettext("One person is asked to come.", "%(num)d people are asked to come.", number),
        "good",
    )
    return redirect(url_for("enrollments.invitations", slug=course.slug))


@bp.post("/teaching/<slug>/people/invitations/links")
@limiter.limit(limits.CREATE)
@course_guard(policies.can_decide_people)
def make_link(course: Course) -> Response:
    """Make a link for several people; answers 201 with it, which is shown this once."""
    form = LinkForm(prefix="link-")
    form.offer(queries.list_cohorts(course.id))
    if not form.is_sent():
        return _show(course, link_form=form, status=422)
    actor = current_actor()
    asked = {
        "course_id": course.id,
        "most_uses": int(form.text("uses")),
        "cohort_id": form.cohort_id.data,
        "good_for": timedelta(days=int(form.text("days"))),
    }
    with writing():
        made_id = once(asked, lambda: services.make_link(actor, **asked)[0].id)
    made = queries.find_open_invitation(made_id)
    link = url_for("enrollments.invitation", token=services.link_token(made)) if made else ""
    return _show(course, link=link and _site() + link, status=201)


@bp.delete("/teaching/<slug>/people/invitations/<int:asked_id>")
@course_guard(policies.can_decide_people)
def revoke_asked(course: Course, asked_id: int) -> Response:
    """Take an invitation back."""
    with writing():
        services.revoke_invitation(current_actor(), course_id=course.id, invitation_id=asked_id)
    flash(_("The invitation is taken back; its link is dead. Whoever used it stays."), "good")
    return redirect(url_for("enrollments.invitations", slug=course.slug))


def _site() -> str:
    """Return what our own links begin with outside of our pages."""
    base: str = current_app.config["SETTINGS"].base_url
    return (base or request.host_url).rstrip("/")


def _show(
    course: Course,
    *,
    form: InvitePeopleForm | None = None,
    link_form: LinkForm | None = None,
    link: str = "",
    status: int = 200,
) -> Response:
    form = form or InvitePeopleForm(formdata=None)
    link_form = link_form or LinkForm(prefix="link-", formdata=None)
    cohorts = queries.list_cohorts(course.id)
    form.offer(cohorts)
    link_form.offer(cohorts)
    return show(
        course,
        "invitations",
        status=status,
        form=form,
        link_form=link_form,
        link=link,
        asked=queries.list_invitations(course.id, page_number(request.args.get("page"))),
        page_address=lambda n: url_for("enrollments.invitations", slug=course.slug, page=n),
    )
