"""What authors fill in, and how the small commands of the board are read."""

from dataclasses import dataclass
from typing import Any, TypedDict

from flask import Request
from werkzeug.datastructures import MultiDict
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
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.blueprints.builder.models import Audience
from app.blueprints.builder.rules.sessions import Place
from app.blueprints.builder.rules.steps import TOTAL
from app.blueprints.courses.models import NOTE_LENGTH, CompletionRule, Difficulty, LessonKind
from app.blueprints.courses.rules.completion import read_completion
from app.blueprints.courses.rules.pacing import PacingMode
from app.blueprints.courses.rules.release import Release, read_release
from app.core.errors import Invalid
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
_LONGEST_NUMBER = 20
_LONGEST_KEY = 32
_TITLE = [
    InputRequired(_l("Give it a title.")),
    Length(max=200, message=_l("Keep the title under 200 characters.")),
]


def _number_or_none(value: str) -> int | None:
    return int(value) if value else None


class CourseForm(Form):
    """A new course: the little that it takes to begin."""

    title = StringField(_l("Title"), _TITLE)
    subject_id = SelectField(_l("Subject"), coerce=_number_or_none, default="")
    template = SelectField(_l("Begin with"), default="")
    key = HiddenField()


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


@dataclass(frozen=True, slots=True)
class WantedOrder:
    """A whole order, and the revision of the board that it was made on."""

    board_revision: int
    order: list[tuple[str, list[str]]]


class LessonValues(TypedDict, total=False):
    """What a lesson's card shows; a value that was not sent is not there."""

    title: str
    minutes: int
    is_required: bool
    kind: str
    completion: tuple[CompletionRule, int | None]
    release: Release


def read_order(request: Request) -> WantedOrder:
    """Read a whole order: JSON with an If-Match header, or a form of keys; raises `Invalid`.

    The form's `order` has a line for each module: its key, a colon, its lessons' keys.
    """
    sent = _json_of(request) if request.is_json else None
    if isinstance(sent, dict):
        revision = _revision_of(request, sent.get("board_revision"))
        return WantedOrder(revision, _checked_order(sent.get("order")))
    revision = _revision_of(request, request.form.get("board_revision"))
    lines = [line for line in request.form.get("order", "").splitlines() if line.strip()]
    order = [(module.strip(), keys.split()) for module, _, keys in map(_parted, lines)]
    return WantedOrder(revision, order)


def _json_of(request: Request) -> Any:
    try:
        return request.get_json()
    except RecursionError as error:  # brackets within brackets, by the thousand
        raise Invalid from error


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _revision_of(request: Request, sent: Any) -> int:
    # A compressed answer carries its tag with the name of the compression after a colon.
    tags = [tag.removeprefix("b").partition(":")[0] for tag in request.if_match.as_set()]
    for value in (*tags, str(sent or "")):
        if value.isascii() and value.isdigit() and len(value) < _LONGEST_NUMBER:
            return int(value)
    raise Invalid(_l("Say which state of the board this order was made on (If-Match)."))


def _checked_order(sent: Any) -> list[tuple[str, list[str]]]:
    try:
        order = [(module, list(keys)) for module, keys in sent]
    except (TypeError, ValueError):
        order = [("", [None])]
    if not all(isinstance(key, str) for module, keys in order for key in (module, *keys)):
        raise Invalid(_l("An order is a list of modules, each with the keys of its lessons."))
    return order


def read_whereabouts(sent: MultiDict[str, str]) -> Place:
    """Read where in the builder somebody is; raises `Invalid`."""
    step = sent.get("step", 0, type=int)
    lesson, block = sent.get("lesson", ""), sent.get("block", "")
    if not 1 <= step <= TOTAL or max(len(lesson), len(block)) > _LONGEST_KEY:
        raise Invalid(_l("There is no such place."))
    return Place(step, lesson, block)


def read_revision(sent: MultiDict[str, str]) -> int:
    """Read the revision that a change was made on; raises `Invalid`."""
    revision = sent.get("revision", type=int)
    if revision is None:
        raise Invalid(_l("Say which state this change was made on."))
    return revision


def read_audience(sent: MultiDict[str, str]) -> Audience:
    """Read who is to get a version, everyone unless told; raises `Invalid`."""
    audience = sent.get("audience") or Audience.EVERYONE
    if audience not in set(Audience):
        raise Invalid(_l("There is no such audience."))
    return Audience(audience)


def read_place(sent: MultiDict[str, str]) -> tuple[str, str | None]:
    """Read where a lesson should go: `module` and `after`, or both in `place` with a slash."""
    module, _, after = sent.get("place", "").partition("/")
    module, after = sent.get("module", module), sent.get("after", after)
    if not module:
        raise Invalid(_l("Say where it should go."))
    return module, after or None


def read_after(sent: MultiDict[str, str]) -> str | None:
    """Read what something should stand after, None for first, said by an empty `after`."""
    if "after" not in sent:
        raise Invalid(_l("Say where it should go."))
    return sent["after"] or None


def read_lesson(sent: MultiDict[str, str]) -> LessonValues:
    """Read the values of a lesson that were sent; raises `Invalid`."""
    values: LessonValues = {}
    if "title" in sent:
        values["title"] = sent["title"]
    if "minutes" in sent:
        values["minutes"] = sent.get("minutes", 0, type=int)
    if "is_required" in sent:
        values["is_required"] = sent["is_required"] == "1"
    if "kind" in sent:
        if sent["kind"] not in set(LessonKind):
            raise Invalid(fields={"kind": _l("There is no such kind of lesson.")})
        values["kind"] = sent["kind"]
    if "completion" in sent:
        values["completion"] = read_completion(sent)
    if "release" in sent:
        values["release"] = read_release(sent)
    return values
