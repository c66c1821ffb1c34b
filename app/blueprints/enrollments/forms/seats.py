"""Forms about seats."""

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from app.core.forms import Form, Sent
from app.core.i18n import lazy_gettext as _l

MOST_SEATS = 1_000_000


class CapacityForm(Form):
    """How many seats a course has; empty for no limit."""

    capacity = IntegerField(
        _l("Seats"),
        description=_l("Leave it empty to let everybody in."),
        validators=[
            Sent(),
            Optional(),
            NumberRange(1, MOST_SEATS, _l("A course needs at least one seat.")),
        ],
    )
