"""What courses hang on pages of other floors."""

from flask import url_for

from app.blueprints.courses.models import Course
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l
from app.core.registries import nav, panels

nav.add(_l("Courses"), "/courses", order=10, visible=lambda actor: True)


@panels.fill("teaching.course_links")
def settings_link(course: Course) -> tuple[Text, str]:
    """Lead those who teach `course` to what is decided about it."""
    return _l("Settings"), url_for("courses.team", slug=course.slug)
