"""Forms with more fields than anybody fills in are refused in words."""

from flask import Flask

from tests.factories.accounts import make_user, sign_in
from tests.support.client import CheckedClient

FIELDS = {f"field{number}": "x" for number in range(2_500)}


def test_too_many_fields_are_refused_in_words(app: Flask, client: CheckedClient) -> None:
    sign_in(client, make_user(roles=["contributor"]))
    kind = "multipart/form-data"
    answer = client.post("/teaching/courses", data=FIELDS, content_type=kind)
    assert answer.status_code == 413
    assert "too large" in answer.text
