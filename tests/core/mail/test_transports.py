"""Handing mail in: what a server takes, refuses, drops or leaves hanging, and over TLS."""

from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest

from app.core.mail import transports
from app.core.mail.letters import Letter, compose
from app.core.mail.settings import read
from app.core.mail.transports import NotNow, Refused, SmtpTransport
from tests.support.smtp_server import PASSWORD, USER, SmtpServer

SENDER = Address("Lectern", "lectern", "school.example")
TO = "ana@example.org"
LOGIN = f"{USER}:{quote(PASSWORD)}@"


def letter(to: str = TO) -> EmailMessage:
    """Some mail."""
    return compose(Letter(to, "Ana", "Hello", "Hello\n.\nAna", "<p>Hello", "<1@x>"), SENDER)


def transport(url: str) -> SmtpTransport:
    """What MAIL_URL makes of it."""
    settings = read({"MAIL_URL": url, "MAIL_FROM": "Lectern <lectern@school.example>"})
    assert settings
    return SmtpTransport(settings, "school.example")


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[SmtpServer]:
    """A server that offers STARTTLS."""
    with SmtpServer(certificate) as server:
        yield server
        server.shutdown()


def test_a_server_gets_the_whole_mail(smtp_server: SmtpServer) -> None:
    transport(smtp_server.url()).send(letter(), TO)
    (one,) = smtp_server.delivered
    assert (one.sender, one.to) == ("lectern@school.example", TO)
    body = one.message.get_body(("plain",))
    assert body
    assert body.get_content().splitlines() == ["Hello", ".", "Ana"]


@pytest.mark.parametrize("first", [True, False])
def test_mail_and_password_go_over_tls(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with SmtpServer(certificate, tls_first=first) as server:
        url = server.url("starttls", LOGIN)
        transport(url.replace("smtp:", "smtps:") if first else url).send(letter(), TO)
        server.shutdown()
    assert [(one.over_tls, one.user) for one in server.delivered] == [(True, USER)]


def test_a_certificate_that_nobody_vouches_for_is_not_believed(tls_server: SmtpServer) -> None:
    with pytest.raises(NotNow, match="CERTIFICATE_VERIFY_FAILED"):
        transport(tls_server.url("starttls", LOGIN)).send(letter(), TO)
    assert tls_server.delivered == []


def test_where_tls_is_not_offered_nothing_is_sent(smtp_server: SmtpServer) -> None:
    with pytest.raises(NotNow, match="STARTTLS"):
        transport(smtp_server.url("starttls")).send(letter(), TO)
    assert smtp_server.delivered == []


def test_a_wrong_password_is_no_fault_of_the_mail(smtp_server: SmtpServer) -> None:
    with pytest.raises(NotNow, match=r"535 5\.7\.8 wrong"):
        transport(smtp_server.url(login="school:wrong@")).send(letter(), TO)


@pytest.mark.parametrize(
    ("command", "words", "verdict"),
    [
        ("RCPT", "550 5.1.1 no such person", Refused),
        ("RCPT", "450 4.2.1 come back later", NotNow),
        (".", "554 5.6.0 not such mail", Refused),
        (".", "452 4.3.1 disk full", NotNow),
        ("MAIL", "550 5.7.1 you are not from here", NotNow),
        ("CONNECT", "554 go away", NotNow),
        ("CONNECT", "421 too busy", NotNow),
    ],
)
def test_what_is_said_of_the_recipient_or_the_mail_is_final_if_it_is_meant_so(
    smtp_server: SmtpServer, command: str, words: str, verdict: type[Exception]
) -> None:
    smtp_server.says[command] = words
    with pytest.raises(verdict, match=words[:3]) as told:
        transport(smtp_server.url()).send(letter(), TO)
    assert type(told.value) is verdict
    assert smtp_server.delivered == []


@pytest.mark.parametrize("command", ["CONNECT", "EHLO", "RCPT", "DATA", "."])
def test_a_connection_that_breaks_is_tried_again(smtp_server: SmtpServer, command: str) -> None:
    smtp_server.hangs_up.add(command)
    with pytest.raises(NotNow):
        transport(smtp_server.url()).send(letter(), TO)


@pytest.mark.parametrize("end", [{"hangs_up": {"QUIT"}}, {"says": {"QUIT": "421 in a hurry"}}])
def test_what_was_taken_is_taken_however_the_server_parts(
    smtp_server: SmtpServer, end: dict[str, object]
) -> None:
    for name, value in end.items():
        setattr(smtp_server, name, value)
    transport(smtp_server.url()).send(letter(), TO)
    assert len(smtp_server.delivered) == 1


def test_a_server_that_does_not_answer_is_not_waited_for(
    smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transports, "PATIENCE_SECONDS", 0.1)
    smtp_server.waits["RCPT"] = 0.5
    with pytest.raises(NotNow, match="timed out"):
        transport(smtp_server.url()).send(letter(), TO)


def test_no_server_at_all_is_tried_again() -> None:
    with SmtpServer() as server:
        url = server.url()
        server.shutdown()
    with pytest.raises(NotNow, match="ConnectionRefusedError"):
        transport(url).send(letter(), TO)


def test_letters_beyond_ascii_in_an_address_need_a_server_that_takes_them(
    smtp_server: SmtpServer,
) -> None:
    with pytest.raises(Refused, match="letters"):
        transport(smtp_server.url()).send(letter("änne@example.org"), "änne@example.org")
