"""Commands about people."""

from flask import Flask
from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.core.db import db
from tests.factories.accounts import make_user
from tests.support.client import CheckedClient

PASSWORD = ("--password", "a walk by the sea")


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["users", *words])
    db.session.rollback()
    return result.exit_code, result.output


def test_making_an_administrator(app: Flask, client: CheckedClient) -> None:
    code, said = run(
        app, "create", "--email", "a@example.org", "--name", "Ann", "--role", "admin", *PASSWORD
    )
    assert (code, said) == (0, "Ann <a@example.org> can log in.\n")
    assert db.session.execute(select(User)).scalar_one().roles == {"admin"}
    client.post("/login", data={"email": "a@example.org", "password": PASSWORD[1]})
    assert client.get("/admin").status_code == 200


def test_what_is_refused(app: Flask) -> None:
    make_user(email="a@example.org")
    for words, told in [
        (("--email", "a@example.org", "--name", "Ann", *PASSWORD), "could not be made"),
        (("--email", "nothing", "--name", "Ann", *PASSWORD), "not an e-mail address"),
        (("--email", "b@example.org", "--name", " ", *PASSWORD), "what to call you"),
        (("--email", "b@example.org", "--name", "B", "--password", "short"), "at least 12"),
        (("--email", "b@example.org", "--name", "B", "--role", "king", *PASSWORD), "king"),
    ]:
        code, said = run(app, "create", *words)
        assert code != 0
        assert told in said


def test_giving_somebody_another_password(app: Flask, client: CheckedClient) -> None:
    make_user(email="a@example.org")
    assert run(app, "password", "--email", "a@example.org", *PASSWORD)[0] == 0
    assert run(app, "password", "--email", "b@example.org", *PASSWORD)[0] == 1
    data = {"email": "a@example.org", "password": PASSWORD[1]}
    assert client.post("/login", data=data).status_code == 303
