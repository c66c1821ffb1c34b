"""What the selects of several forms offer."""

from typing import Any

from app.blueprints.courses import queries as courses
from app.core.forms import options
from app.core.i18n import gettext as _


def subject_choices() -> list[Any]:
    """Return the subjects as choices, after that of having none."""
    subjects = [(str(subject.id), subject.name) for subject in courses.list_subjects()]
    return options([("", _("Not chosen yet")), *subjects])
