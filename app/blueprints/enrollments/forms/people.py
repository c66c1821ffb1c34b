"""What those who teach fill in about the people of a course."""

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.blueprints.accounts.rules.people import clean_email
from app.blueprints.enrollments.forms.seats import MOST_SEATS
from app.blueprints.enrollments.models import Cohort
from app.blueprints.enrollments.models.cohorts import LONGEST_NAME
from app.blueprints.enrollments.models.enrollments import LONGEST_REASON
from app.blueprints.enrollments.rules.addresses import MOST, Pasted, read_addresses
from app.core.forms import Form, options
from app.core.i18n import lazy_gettext as _l

MOST_USES = 10_000
MOST_DAYS = 365
_REASON = [Length(max=LONGEST_REASON, message=_l("Keep it under 1,000 characters."))]
_DAYS = [
    InputRequired(_l("Say for how many days.")),
    NumberRange(1, MOST_DAYS, _l("Between one day and a year.")),
]


def _number_or_none(value: str) -> int | None:
    return int(value) if value else None


def cohort_field() -> SelectField:
    """Return a choice among the cohorts of a course."""
    return SelectField(_l("Cohort"), coerce=_number_or_none, default="")


class _WithCohort(Form):
    """A form that names a cohort, or none."""

    cohort_id = cohort_field()

    def offer(self, cohorts: Iterable[Cohort]) -> None:
        """Say which cohorts there are to choose from."""
        pairs = [(str(one.id), one.name) for one in cohorts]
        self.cohort_id.choices = options([("", _l("No cohort")), *pairs])


class ReasonForm(Form):
    """Why something is decided, in words that the person reads."""

    reason = TextAreaField(_l("Why"), _REASON, description=_l("The person it concerns reads this."))


class DecisionForm(_WithCohort, ReasonForm):
    """What a decision about people needs."""


class TurnForm(ReasonForm):
    """Where in the line somebody goes, and why."""

    place = IntegerField(
        _l("Place in the line"),
        [InputRequired(_l("Say which place.")), NumberRange(1, MOST_SEATS, _l("From 1 on."))],
    )


class WaiverForm(ReasonForm):
    """Who may take the course without those that it asks for."""

    email = EmailField(_l("E-mail of the learner"), [InputRequired(_l("Say who."))])

    def validate_email(self, field: EmailField) -> None:
        """Refuse what no account can have for its address."""
        if clean_email(str(field.data)) is None:
            raise ValidationError(_l("This does not look like an e-mail address."))


class InvitePeopleForm(_WithCohort):
    """Addresses that are asked to come."""

    emails = TextAreaField(
        _l("E-mail addresses"),
        [InputRequired(_l("Write at least one address."))],
        description=_l("One a line, or with commas between them."),
    )
    days = IntegerField(_l("Good for how many days"), _DAYS, default=14)

    def pasted(self) -> Pasted:
        """Return the addresses, and what is none."""
        return read_addresses(self.text("emails"))

    def validate_emails(self, _field: TextAreaField) -> None:
        """Ask nobody where anything is no address, or where there are too many."""
        pasted = self.pasted()
        if pasted.bad:
            raise ValidationError(_l("Some of these are no addresses, so nobody was asked yet."))
        if len(pasted.addresses) > MOST:
            raise ValidationError(_l("At most %(most)d at once. Import a list instead.", most=MOST))


class LinkForm(_WithCohort):
    """A link that lets several people in."""

    uses = IntegerField(
        _l("For how many people"),
        [
            InputRequired(_l("Say for how many.")),
            NumberRange(1, MOST_USES, _l("Between one and 10,000.")),
        ],
        default=30,
    )
    days = IntegerField(_l("Good for how many days"), _DAYS, default=14)


class CohortForm(Form):
    """A cohort: its name, seats, first day and leader."""

    name = StringField(
        _l("Name"),
        [
            InputRequired(_l("Give it a name.")),
            Length(max=LONGEST_NAME, message=_l("Keep it under 80 characters.")),
        ],
    )
    capacity = IntegerField(
        _l("Seats"),
        [Optional(), NumberRange(1, MOST_SEATS, _l("There has to be at least one seat."))],
        description=_l("Of those of the course. Empty: no limit but the course's own."),
    )
    starts_on = DateField(_l("First day"), [Optional()])
    instructor_id = SelectField(_l("Led by"), coerce=_number_or_none, default="")
    is_closed = BooleanField(_l("Closed: nobody can choose it any more"))

    def offer(self, team: Iterable[tuple[int, str]]) -> None:
        """Say who may lead it."""
        people = [(str(number), name) for number, name in team]
        self.instructor_id.choices = options([("", _l("Nobody in particular")), *people])
