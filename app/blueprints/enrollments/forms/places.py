"""What somebody says who wants a place."""

from wtforms import StringField, TextAreaField

from app.core.forms import Form
from app.core.i18n import lazy_gettext as _l

LONGEST_NUMBER = 9


class PlaceForm(Form):
    """A message to those who teach, and the group that was chosen; both may be missing."""

    message = TextAreaField(_l("Message"))
    cohort_id = StringField(_l("Your group"))

    def chosen_cohort(self) -> int | None:
        """Return the number of the group; None where none was chosen, 0 for nonsense."""
        typed = self.text("cohort_id")
        is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
        return (int(typed) if is_number else 0) if typed else None
