"""What authoring hangs on pages of other floors."""

from flask import url_for

from app.blueprints.builder.policies import can_review
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.errors import Text
from app.core.guards import current_actor
from app.core.i18n import lazy_gettext as _l
from app.core.registries import nav, panels

nav.add(_l("Review"), "/review", order=40, visible=can_review)


@panels.fill("courses.settings_links")
def board_link(course: Course) -> tuple[Text, str] | None:
    """Lead those who edit `course` from its settings to its board."""
    if not can_edit_course(current_actor(), course):
        return None
    return _l("Board"), url_for("builder.board", slug=course.slug)
