"""What courses hang on pages of other floors."""

from flask import url_for

from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course, can_teach
from app.core.guards import current_actor
from app.core.i18n import lazy_gettext as _l
from app.core.registries import Place, nav, panels

nav.add(_l("Courses"), "/courses", order=10, visible=lambda actor: True)


@panels.fill("course.places")
def settings_place(course: Course) -> Place | None:
    """Lead those who teach `course` to what is decided about it; assistants only see its team."""
    actor = current_actor()
    if not can_teach(actor, course):
        return None
    page = "courses.settings" if can_edit_course(actor, course) else "courses.team"
    return Place(_l("Settings"), url_for(page, slug=course.slug), order=90)
