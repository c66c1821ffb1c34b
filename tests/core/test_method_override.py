"""A form's address may say PUT, PATCH or DELETE; nothing else may say anything."""

import pytest
from flask import Flask, request

from app.core import method_override


@pytest.fixture(scope="module")
def echo() -> Flask:
    """An application that answers with the method that reached it."""
    app = Flask("echo")

    @app.route("/", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def method() -> str:
        return request.method

    method_override.init_app(app)
    return app


@pytest.mark.parametrize(
    ("sent", "address", "reached"),
    [
        ("POST", "/?_method=DELETE", "DELETE"),
        ("POST", "/?_method=put", "PUT"),
        ("POST", "/?page=2&_method=PATCH", "PATCH"),
        ("POST", "/?_method=GET", "POST"),
        ("POST", "/?_method=TRACE", "POST"),
        ("POST", "/?_method=", "POST"),
        ("POST", "/", "POST"),
        ("GET", "/?_method=DELETE", "GET"),
        ("PUT", "/?_method=DELETE", "PUT"),
    ],
)
def test_only_a_post_may_ask_and_only_for_these(
    echo: Flask, sent: str, address: str, reached: str
) -> None:
    assert echo.test_client().open(address, method=sent).text == reached


def test_a_body_or_header_asks_for_nothing(echo: Flask) -> None:
    client = echo.test_client()
    assert client.post("/", data={"_method": "DELETE"}).text == "POST"
    assert client.post("/", headers={"X-HTTP-Method-Override": "DELETE"}).text == "POST"
