"""Forms of learning."""

from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from app.core.forms import Form
from app.core.i18n import lazy_gettext as _l

LONGEST_REASON = 2_000


class CompletionForm(Form):
    """A lesson is opened or done; the page says which version it showed, and whether to stay."""

    version_number = IntegerField(validators=[InputRequired(), NumberRange(min=1)])
    stay = BooleanField()


class RevocationForm(Form):
    """Why a certificate is no longer valid."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The learner sees it."),
        validators=[
            InputRequired(_l("Say why, so that the learner knows.")),
            Length(max=LONGEST_REASON),
        ],
    )
