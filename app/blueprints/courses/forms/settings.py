"""What those who run a course decide about it."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from app.blueprints.accounts.rules.people import clean_email
from app.blueprints.courses.models import Category, Course, CourseRole, EnrollmentType, Subject
from app.blueprints.courses.rules.prices import DIGITS, NoPrice, parse_price, write_price
from app.blueprints.courses.rules.team import ROLE_NAMES
from app.core.errors import Invalid
from app.core.forms import ChecksField, Form, MomentField, options
from app.core.i18n import lazy_gettext as _l

LISTED, UNLISTED = "listed", "unlisted"
_VISIBILITY = (
    (LISTED, _l("Everybody: it stands in the catalogue")),
    (UNLISTED, _l("Only its team and those who are in it: for all others it is not there")),
)
_FACET = [Length(max=80, message=_l("Keep it under 80 characters."))]
_WAYS = (
    (EnrollmentType.OPEN.value, _l("Open: whoever wants to takes part at once")),
    (EnrollmentType.APPROVAL.value, _l("By approval: people ask, and you decide")),
    (EnrollmentType.RESTRICTED.value, _l("By invitation: only those who were invited")),
)


def _number_or_none(value: str) -> int | None:
    return int(value) if value else None


class PlacingForm(Form):
    """Where a course is found, and by whom."""

    subject_id = SelectField(_l("Subject"), coerce=_number_or_none)
    category_ids = ChecksField(_l("Categories"), coerce=int)
    tags = StringField(
        _l("Tags"),
        [Length(max=600, message=_l("Keep the list under 600 characters."))],
        description=_l("Up to ten, with commas between them: python, data, beginners."),
    )
    product_suite = StringField(
        _l("Product suite"),
        _FACET,
        description=_l("If the course is about a product: the family that it belongs to."),
    )
    product_concept = StringField(
        _l("Product concept"), _FACET, description=_l("And what of it: installing, reporting …")
    )
    visibility = RadioField(
        _l("Who can find it, once it is published"),
        [InputRequired(_l("Choose one."))],
        choices=options(_VISIBILITY),
    )

    def offer(self, subjects: list[Subject], categories: list[Category]) -> None:
        """Say what there is to choose from."""
        none = ("", _l("Not chosen yet"))
        self.subject_id.choices = options([none, *((str(one.id), one.name) for one in subjects)])
        self.category_ids.choices = options([(str(one.id), one.name) for one in categories])

    @staticmethod
    def values_of(course: Course) -> dict[str, Any]:
        """Return what the form shows of `course`."""
        return {
            "subject_id": course.subject_id or "",
            "category_ids": [one.id for one in course.categories],
            "tags": ", ".join(one.name for one in course.tags),
            "product_suite": course.product_suite,
            "product_concept": course.product_concept,
            "visibility": LISTED if course.is_public else UNLISTED,
        }


class AddressForm(Form):
    """What a course's address ends in."""

    slug = StringField(_l("Address"), [InputRequired(_l("Give it an address.")), Length(max=200)])


class AdmissionForm(Form):
    """How people get in."""

    enrollment_type = RadioField(
        _l("Who may take part"), [InputRequired(_l("Choose one."))], choices=options(_WAYS)
    )
    price = StringField(_l("Price"), description=_l("Empty or 0: free."))
    currency = SelectField(_l("Currency"), choices=options([(code, code) for code in DIGITS]))
    has_waitlist = BooleanField(
        _l("Keep a waitlist when the course is full"),
        description=_l(
            "A seat that comes free is held for the first in line. Without a list, whoever comes "
            "to a full course is told so and can try again later."
        ),
    )
    offer_hours = IntegerField(
        _l("How long a free seat is held for the next in line, in hours"),
        [
            InputRequired(_l("Give a number of hours.")),
            NumberRange(1, 720, _l("Between 1 hour and 720 hours, which is 30 days.")),
        ],
        description=_l("48 hours is usual. Whoever does not answer in time is out of the line."),
    )
    enrolment_opens_at = MomentField(
        _l("Enrolment opens (UTC)"), description=_l("Empty: as soon as the course is published.")
    )
    enrolment_closes_at = MomentField(
        _l("Enrolment closes (UTC)"), description=_l("Empty: it stays open.")
    )
    completion_frees_seat = BooleanField(
        _l("Completing the course frees the seat"),
        description=_l("Whoever has completed it can still read it."),
    )

    def validate_price(self, field: StringField) -> None:
        try:
            parse_price(field.data or "", self.currency.data)
        except (NoPrice, KeyError) as error:
            raise ValidationError(_l("Write an amount, for example 49 or 49.50.")) from error

    @staticmethod
    def values_of(course: Course) -> dict[str, Any]:
        """Return what the form shows of `course`."""
        return {
            "enrollment_type": course.enrollment_type.value,
            "price": write_price(course.price, course.currency),
            "currency": course.currency,
            "has_waitlist": course.has_waitlist,
            "offer_hours": course.offer_hours,
            "enrolment_opens_at": course.enrolment_opens_at,
            "enrolment_closes_at": course.enrolment_closes_at,
            "completion_frees_seat": course.completion_frees_seat,
        }


class PrerequisiteForm(Form):
    """Another course that should come first, by its address."""

    required = StringField(
        _l("Course to take first"),
        [InputRequired(_l("Choose a course.")), Length(max=220)],
    )


class InviteForm(Form):
    """Somebody to work in a course."""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Enter an e-mail address."))])
    role = SelectField(
        _l("Role"),
        choices=options([(role.value, name) for role, name in ROLE_NAMES.items()]),
        default=CourseRole.INSTRUCTOR.value,
    )

    def validate_email(self, field: EmailField) -> None:
        clean = clean_email(field.data or "")
        if clean is None:
            raise ValidationError(_l("This does not look like an e-mail address."))
        field.data = clean


class ArchiveForm(Form):
    """The end of a course."""

    reason = TextAreaField(
        _l("Why"),
        [Length(max=1_000, message=_l("Keep it under 1,000 characters."))],
        description=_l("Kept in the history of the course."),
    )


class DeleteForm(Form):
    """The deletion of a course, meant."""

    sure = BooleanField(
        _l("Yes, delete this course"), [InputRequired(_l("Tick this if you mean it."))]
    )


def read_role(sent: MultiDict[str, str]) -> CourseRole:
    """Read a course role; raises `Invalid`."""
    if sent.get("role") not in set(CourseRole):
        raise Invalid(fields={"role": _l("There is no such role.")})
    return CourseRole(sent["role"])
