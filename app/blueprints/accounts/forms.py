"""What people fill in at the door and in their settings."""

from typing import Any

from wtforms import EmailField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, ValidationError

from app.blueprints.accounts.rules import passwords, people
from app.core.forms import Form, options
from app.core.i18n import lazy_gettext as _l
from app.core.ui import THEMES


class LogInForm(Form):
    """Who are you?"""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Enter your e-mail address."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])


class NameForm(Form):
    """What others see."""

    display_name = StringField(_l("Your name"), [InputRequired(_l("Tell us what to call you."))])

    def validate_display_name(self, field: StringField) -> None:
        field.data = people.clean_name(field.data or "")
        _refuse(people.problem_with_name(field.data))


class SignUpForm(NameForm):
    """A new person."""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Enter your e-mail address."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Choose a password."))])

    def validate_email(self, field: EmailField) -> None:
        clean = people.clean_email(field.data or "")
        if clean is None:
            raise ValidationError(_l("This does not look like an e-mail address."))
        field.data = clean

    def validate_password(self, field: PasswordField) -> None:
        own = {"email": self.email.data or "", "name": self.display_name.data or ""}
        _refuse(passwords.problem_with(field.data or "", **own))


class PasswordForm(Form):
    """Another password, for somebody who knows the present one."""

    current_password = PasswordField(
        _l("Current password"), [InputRequired(_l("Enter your current password."))]
    )
    new_password = PasswordField(_l("New password"), [InputRequired(_l("Choose a new password."))])

    def __init__(self, *, email: str, name: str, **kwargs: Any) -> None:
        """Know whose name must not be in the password."""
        self._own = {"email": email, "name": name}
        super().__init__(**kwargs)

    def validate_new_password(self, field: PasswordField) -> None:
        _refuse(passwords.problem_with(field.data or "", **self._own))


class AppearanceForm(Form):
    """Light, dark, or as the device is."""

    theme = RadioField(
        _l("Appearance"),
        choices=options(zip(THEMES, (_l("Like my device"), _l("Light"), _l("Dark")), strict=True)),
    )


def _refuse(problem: Any) -> None:
    if problem:
        raise ValidationError(problem)
