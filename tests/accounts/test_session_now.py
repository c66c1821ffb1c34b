"""What a page that was open for long asks: whose session it has, and with which token to send."""

from tests.factories.accounts import make_user, sign_in
from tests.support.client import CheckedClient


def test_nobody_is_told_of_nobody(client: CheckedClient) -> None:
    answer = client.get("/session")
    assert answer.json == {"person": None, "csrf_token": ""}
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_token_is_good_for_the_person_who_is_signed_in(client: CheckedClient) -> None:
    ana, ben = make_user("Ana Okafor"), make_user("Ben Lind")
    sign_in(client, ana)
    first = client.get("/session").json
    assert first is not None
    assert first["person"] == ana.id
    token = {"X-CSRFToken": first["csrf_token"]}
    assert client.post("/settings/profile", csrf=False).status_code == 400
    assert client.post("/settings/profile", csrf=False, headers=token).status_code == 422
    with client.session_transaction() as session:
        session.clear()  # as logging in does
    sign_in(client, ben)
    assert client.post("/settings/profile", csrf=False, headers=token).status_code == 400
    second = client.get("/session").json
    assert second is not None
    assert second["person"] == ben.id
