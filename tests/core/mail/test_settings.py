"""Where mail goes: read from the environment, and refused where others could read along."""

import pytest

from app.config import BadSettings, read
from tests.core.test_config import SAFE

FROM = {"MAIL_FROM": "Lectern <lectern@school.example>"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 587, "starttls", "", "")),
        ("smtp://mail.example:25?tls=none", ("mail.example", 25, "none", "", "")),
        ("smtps://me%40x:p%3Aw@mail.example", ("mail.example", 465, "implicit", "me@x", "p:w")),
        ("smtp://localhost:25", ("localhost", 25, "none", "", "")),
        ("smtp://[::1]:25", ("::1", 25, "none", "", "")),
    ],
)
def test_an_address_says_all(url: str, expected: tuple[object, ...]) -> None:
    mail = read({"MAIL_URL": url, **FROM}).mail
    assert mail
    assert (mail.host, mail.port, mail.tls, mail.user, mail.password) == expected
    assert str(mail.sender) == "Lectern <lectern@school.example>"


def test_the_password_is_in_no_log() -> None:
    assert "p4ss" not in repr(read({"MAIL_URL": "smtps://me:p4ss@mail.example", **FROM}))


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ({"MAIL_URL": "https://mail.example"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://mail.example:many"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://mail.example?tls=perhaps"}, "tls"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "Lectern"}, "MAIL_FROM"),
        ({"MAIL_FROM": "Lectern\r\nBcc: <x@y.z>"}, "MAIL_FROM"),
    ],
)
def test_what_cannot_be_is_refused(planted: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        read({"MAIL_URL": "smtp://mail.example", **FROM, **planted})


def test_production_sends_over_tls_or_stays_on_this_host() -> None:
    with pytest.raises(BadSettings, match="TLS"):
        read({**SAFE, **FROM, "MAIL_URL": "smtp://mail.example?tls=none"})
    for url in ("smtp://127.0.0.1:25", "smtp://mail.example", "smtps://mail.example"):
        assert read({**SAFE, **FROM, "MAIL_URL": url}).mail
