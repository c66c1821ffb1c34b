"""What authoring hangs on pages of other floors."""

from flask import url_for

from app.blueprints.builder.policies import can_copy, can_review, can_see_draft
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.guards import current_actor
from app.core.i18n import lazy_gettext as _l
from app.core.partials import partial
from app.core.registries import Place, nav, panels

nav.add(_l("Review"), "/review", order=40, visible=can_review)


@panels.fill("course.places")
def board_place(course: Course) -> Place | None:
    """Lead those who edit `course` to its board."""
    if not can_edit_course(current_actor(), course):
        return None
    return Place(_l("Board"), url_for("builder.board", slug=course.slug), order=10)


@panels.fill("course.places")
def versions_place(course: Course) -> Place | None:
    """Lead those who may look at drafts of `course` to all of its versions."""
    if not can_see_draft(current_actor(), course):
        return None
    return Place(_l("Versions"), url_for("builder.versions", slug=course.slug), order=20)


@panels.fill("courses.settings_life")
def copies(course: Course) -> str:
    """Show how to copy `course` and, if it is a template, who may use it."""
    actor = current_actor()
    return partial(
        "builder/_copies.html",
        course=course,
        may_copy=can_copy(actor, course),
        may_offer=can_review(actor),
    )
