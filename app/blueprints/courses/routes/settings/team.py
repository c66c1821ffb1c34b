"""Who works in a course, and who is asked to."""

from flask import Response, flash, request, url_for

from app.blueprints.courses import queries, services
from app.blueprints.courses.forms import InviteForm, read_role
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.policies import can_manage_course, can_teach
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.routes.settings.frame import show
from app.core import limits
from app.core.addresses import site
from app.core.db import writing
from app.core.errors import Conflict
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _
from app.core.limits import limiter
from app.core.sent import once
from app.core.tokens import hash_of


@bp.get("/teaching/<slug>/settings/team")
@course_guard(can_teach)
def team(course: Course) -> Response:
    """Show who works in the course."""
    return _show(course)


@bp.post("/teaching/<slug>/invitations")
@limiter.limit(limits.CREATE)
@course_guard(can_manage_course)
def invite(course: Course) -> Response:
    """Ask somebody to work in the course; answers 201 with the link, which is shown this once."""
    form = InviteForm()
    if not form.is_sent():
        return _show(course, status=422, form=form)
    actor, email, role = current_actor(), form.text("email"), CourseRole(form.role.data)
    with writing():
        made = once(
            [email, role],
            lambda: hash_of(services.invite(actor, course_id=course.id, email=email, role=role)),
        )
    found = queries.find_invitation(made)
    link = f"{site()}/teaching/invitations/{queries.token_of(found)}" if found else ""
    return _show(course, status=201, link=link, invited=email)


@bp.delete("/teaching/<slug>/invitations/<int:invitation_id>")
@course_guard(can_manage_course)
def revoke_invitation(course: Course, invitation_id: int) -> Response:
    """Take an invitation back."""
    with writing():
        services.revoke_invitation(
            current_actor(), course_id=course.id, invitation_id=invitation_id
        )
    flash(_("The invitation is taken back; its link is dead."), "good")
    return _back(course)


@bp.put("/teaching/<slug>/team/<int:user_id>")
@course_guard(can_manage_course)
def set_course_role(course: Course, user_id: int) -> Response:
    """Give somebody of the team another role."""
    role = read_role(request.form)
    try:
        with writing():
            services.set_course_role(
                current_actor(), course_id=course.id, user_id=user_id, role=role
            )
    except Conflict as refusal:
        return _show(course, status=refusal.status, refusal=refusal)
    flash(_("Saved. It holds from the next page on."), "good")
    return _back(course)


@bp.delete("/teaching/<slug>/team/<int:user_id>")
@course_guard(can_teach)
def remove_from_team(course: Course, user_id: int) -> Response:
    """Let somebody go, or leave."""
    try:
        with writing():
            services.remove_from_team(current_actor(), course_id=course.id, user_id=user_id)
    except Conflict as refusal:
        return _show(course, status=refusal.status, refusal=refusal)
    if user_id == current_actor().id:
        flash(_("You have left the team of “%(title)s”.", title=course.title), "good")
        return redirect(url_for("courses.catalogue"))
    flash(_("They are not in the team any more."), "good")
    return _back(course)


def _back(course: Course) -> Response:
    return redirect(url_for("courses.team", slug=course.slug))


def _show(
    course: Course,
    *,
    status: int = 200,
    form: InviteForm | None = None,
    refusal: Conflict | None = None,
    link: str = "",
    invited: str = "",
) -> Response:
    manages = can_manage_course(current_actor(), course)
    response = show(
        course,
        "team",
        status=status,
        form=form or InviteForm(formdata=None),
        refusal=refusal,
        link=link,
        invited=invited,
        invitations=queries.list_invitations(course.id) if manages else [],
    )
    response.headers["Cache-Control"] = "no-store"
    return response
