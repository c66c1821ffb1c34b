"""What is never shown again, though forms that were refused come back with what was typed."""

from collections.abc import Iterator

from flask import Flask
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

from app.core.forms import Form
from tests.factories.accounts import make_user, sign_in
from tests.support.client import CheckedClient


def forms(kind: type[Form] = Form) -> Iterator[type[Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from forms(one)


def test_fields_of_passwords_are_known_by_their_names(app: Flask) -> None:
    secret = {
        f"{form.__name__}.{name}"
        for form in forms()
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and issubclass(field.field_class, PasswordField)
    }
    assert len(secret) >= 3
    assert [name for name in secret if "password" not in name.partition(".")[2]] == []


def test_too_many_tries_do_not_bring_passwords_back(client: CheckedClient) -> None:
    sign_in(client, make_user())
    sent = {"current_password": "my old secret", "new_password": "a quiet place to sit down"}
    answers = [client.post("/settings/security/password", data=sent) for _ in range(12)]
    assert answers[-1].status_code == 429
    assert not any(value in answers[-1].text for value in sent.values())
