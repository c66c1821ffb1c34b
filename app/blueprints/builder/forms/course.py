"""What authors fill in about a course: to begin one, to copy it, what it says, at what pace."""

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.blueprints.courses.models import Difficulty
from app.blueprints.courses.rules.pacing import PacingMode
from app.core.forms import Form, options
from app.core.i18n import lazy_gettext as _l

LANGUAGES = (
    ("en", _l("English")),
    ("de", _l("German")),
    ("es", _l("Spanish")),
    ("fr", _l("French")),
    ("it", _l("Italian")),
    ("pt", _l("Portuguese")),
)
LEVELS = (
    (Difficulty.BEGINNER.value, _l("Beginner: no experience needed")),
    (Difficulty.INTERMEDIATE.value, _l("Intermediate: knows the ground")),
    (Difficulty.ADVANCED.value, _l("Advanced: works in the field")),
)
_PACES = (
    (PacingMode.SELF_PACED.value, _l("All at once: everybody goes at their own pace")),
    (PacingMode.BY_DATE.value, _l("By date: one after another, the first on a date")),
    (PacingMode.SINCE_ENROLMENT.value, _l("By days since somebody joined: the first at once")),
    (PacingMode.WEEKLY.value, _l("Weekly: one a week from a date")),
)
_TITLE = [
    DataRequired(_l("Give it a title.")),
    Length(max=200, message=_l("Keep the title under 200 characters.")),
]


def _number_or_none(value: str) -> int | None:
    return int(value) if value else None


class CourseForm(Form):
    """A new course: the little that it takes to begin."""

    title = StringField(_l("Title"), _TITLE)
    subject_id = SelectField(_l("Subject"), coerce=_number_or_none, default="")
    template = SelectField(_l("Begin with"), default="")


class CopyForm(Form):
    """What a copy of a course is called."""

    title = StringField(_l("Title of the copy"), _TITLE)


class BasicsForm(Form):
    """What a course says about itself."""

    title = StringField(_l("Title"), _TITLE)
    summary = TextAreaField(
        _l("Summary"),
        [Length(max=500, message=_l("Keep the summary under 500 characters."))],
        description=_l("One or two sentences, shown in the catalogue."),
    )
    overview = TextAreaField(
        _l("Overview"),
        [Length(max=20_000, message=_l("Keep the overview under 20,000 characters."))],
        description=_l("What the course is about and whom it is for."),
    )
    objectives = TextAreaField(
        _l("What people will be able to do"),
        [Length(max=4_000)],
        description=_l("One per line, each beginning with a verb."),
    )
    difficulty = RadioField(
        _l("Level"), [InputRequired(_l("Choose a level."))], choices=options(LEVELS)
    )
    language = SelectField(
        _l("Language"), [InputRequired(_l("Choose a language."))], choices=options(LANGUAGES)
    )
    gives_certificate = BooleanField(_l("Give a certificate to those who complete the course"))
    base = HiddenField()


class PacingForm(Form):
    """When modules open."""

    mode = RadioField(
        _l("Modules open"), [InputRequired(_l("Choose one."))], choices=options(_PACES)
    )
    starts_on = DateField(
        _l("The first one on"), [Optional()], description=_l("For dates and weeks.")
    )
    every_days = IntegerField(
        _l("Days from one to the next"),
        [Optional(), NumberRange(1, 365, _l("Between 1 and 365 days."))],
        default=7,
        description=_l("For dates, and for days since joining."),
    )
