"""The one base of all forms, so that Flask-WTF's untyped class is met in one place."""

from collections.abc import Iterable
from datetime import UTC
from functools import cache
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import DateTimeLocalField, HiddenField, SelectMultipleField
from wtforms.fields import choices
from wtforms.i18n import get_translations
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import CheckboxInput

from app.core.errors import Invalid, Text
from app.core.i18n import choose_language
from app.core.i18n import lazy_gettext as _l


class Form(FlaskForm):  # type: ignore[misc]
    """A form that keeps what was typed and takes a service's refusal as its own."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False  # the token of every unsafe request is checked before any form is made

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read typed fields only: Flask-WTF would take JSON and files for text, too."""
            if formdata is not _Auto:
                return formdata
            return request.form if form.is_submitted() and request.form else None

        def get_translations(self, form: Any) -> Any:
            """Return WTForms' own words; Flask-WTF would read them from a file for each form."""
            return _own_words(choose_language())

    def is_sent(self) -> bool:
        """Tell whether the form was sent and passes its own checks."""
        return bool(self.validate_on_submit())

    def text(self, name: str) -> str:
        """Return what the field holds, as text."""
        return str(self[name].data or "")

    def take(self, error: Invalid) -> None:
        """Show `error` at the fields that it names, or above the form."""
        for name, message in error.fields.items():
            if name in self:
                self[name].errors = [*self[name].errors, message]
        if not error.fields:
            self.form_errors.append(error.message)


@cache
def _own_words(language: str) -> Any:
    return get_translations([language])


def options(pairs: Iterable[tuple[str, Text]]) -> list[Any]:
    """Return (value, label) pairs as the choices of a select or radio field."""
    choice = choices.SelectChoice  # type: ignore[attr-defined] # newer than its stubs
    return [choice(value, label) for value, label in pairs]


class MomentField(DateTimeLocalField):
    """A day and a time, in UTC; None where it is left empty."""

    def __init__(self, label: Text, **options: Any) -> None:
        """Take nothing, too."""
        super().__init__(  # type: ignore[call-arg]  # newer than its stubs
            label,
            [Optional()],
            format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
            invalid_value_message=_l("Choose a day and a time."),
            **options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the moment as an aware one."""
        super().process_formdata(valuelist)
        if self.data:
            self.data = self.data.replace(tzinfo=UTC)


class Sent:
    """Refuses a form that does not name the field; put first, before `Optional`.

    So that a field sent empty may mean something, and one that was not sent changes nothing.
    """

    def __call__(self, _form: Any, field: Any) -> None:
        """Raise `StopValidation` where the field is not among what was sent."""
        if not field.raw_data:
            raise StopValidation(_l("This was not sent, so nothing was changed."))


class SentField(HiddenField):
    """Hidden in a form of boxes, which send nothing where none is ticked."""

    def __init__(self, **kwargs: Any) -> None:
        """Be sent with every form that was really shown."""
        super().__init__(default="1", validators=[Sent()], **kwargs)


class ChecksField(SelectMultipleField):
    """Any number of choices, each with a box to tick."""

    option_widget = CheckboxInput()
