"""What is said where a version goes to learners or to an approver."""

from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.blueprints.builder.models import Audience
from app.blueprints.courses.models import NOTE_LENGTH
from app.core.errors import Invalid
from app.core.forms import Form
from app.core.i18n import lazy_gettext as _l


class PublicationForm(Form):
    """A version on its way to learners: why, in a few words."""

    note = TextAreaField(
        _l("Why"),
        [Length(max=NOTE_LENGTH, message=_l("Keep it under 500 characters."))],
        description=_l("For those who write this course; it stands in the list of versions."),
    )


class SubmissionForm(Form):
    """A version on its way to an approver."""

    note = TextAreaField(
        _l("Note for the reviewer"),
        [Length(max=2_000, message=_l("Keep the note under 2,000 characters."))],
    )


class SendBackForm(Form):
    """Why a version goes back to its authors."""

    reason = TextAreaField(
        _l("What should be changed"), [InputRequired(_l("Say what should be changed."))]
    )


def read_audience(sent: MultiDict[str, str]) -> Audience:
    """Read who is to get a version, everyone unless told; raises `Invalid`."""
    audience = sent.get("audience") or Audience.EVERYONE
    if audience not in set(Audience):
        raise Invalid(_l("There is no such audience."))
    return Audience(audience)
