"""What a letter becomes: nobody's text is a header, and the folder keeps it for developers."""

from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default
from pathlib import Path

import pytest

from app.core.mail.kept import FolderTransport
from app.core.mail.letters import Letter, compose, message_id, one_line

SENDER = Address("Schule am Fluß", "lectern", "school.example")
ID = message_id("notice 7", "school.example")


def sent(**changes: str) -> dict[str, str]:
    """The headers of a letter, as they are read."""
    fields = {"to": "ana@example.org", "name": "Ana", "subject": "Hello", "text": "Hello"}
    letter = Letter(**{**fields, "html": "<p>Hello", "message_id": ID, **changes})
    data = compose(letter, SENDER).as_bytes()
    assert data.isascii()
    return dict(message_from_bytes(data, policy=default).items())


def test_names_and_subjects_of_any_language_arrive() -> None:
    headers = sent(name="Žofie Nováková", subject="Du bist in „Bücher lesen“ · 本を読む")
    assert headers["From"] == "Schule am Fluß <lectern@school.example>"
    assert headers["To"] == "Žofie Nováková <ana@example.org>"
    assert headers["Subject"] == "Du bist in „Bücher lesen“ · 本を読む"
    assert headers["Message-ID"] == ID
    assert headers["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in headers


def test_whoever_may_switch_it_off_is_told_where() -> None:
    headers = sent(choices="https://school.example/settings/notifications")
    assert headers["List-Unsubscribe"] == "<https://school.example/settings/notifications>"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "\0"])
def test_nothing_that_was_typed_becomes_a_header(end: str) -> None:
    planted = f"Ana{end}Bcc: everybody@example.org"
    headers = sent(name=planted, subject=planted)
    assert "Bcc" not in headers
    assert headers["Subject"] == "Ana Bcc: everybody@example.org"


@pytest.mark.parametrize("to", ["ana\r\nBcc: x@y.z@example.org", "ana@exa\nmple.org", "ana"])
def test_an_address_that_is_none_is_not_written_to(to: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        sent(to=to)


def test_the_domain_of_an_address_is_written_as_mail_servers_know_it() -> None:
    assert sent(to="ana@bücher.example")["To"] == "Ana <ana@xn--bcher-kva.example>"


def test_a_message_id_is_the_same_for_the_same_and_no_other() -> None:
    assert message_id("notice 7", "school.example") == ID
    assert message_id("notice 8", "school.example") != ID


def test_what_cannot_be_seen_is_left_out_and_what_joins_letters_is_not() -> None:
    assert one_line("  a\tb\u202ec \u200cd ") == "a b c \u200cd"


def test_the_folder_keeps_each_mail_once(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path / "mail")
    assert folder.newest() == []
    letter = Letter("ana@example.org", "Ana", "Grüße", "Guten Tag", "<p>Guten Tag", ID)
    for _ in range(2):
        folder.send(compose(letter, SENDER), letter.to)
    (one,) = folder.newest()
    assert (one.message["Subject"], one.part("plain")) == ("Grüße", "Guten Tag\n")
    assert "<p>Guten Tag" in one.part("html")
    found = folder.find(one.name)
    assert found
    assert found.name == one.name


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.eml").write_text("Subject: secret\n\n")
    folder = FolderTransport(tmp_path / "mail")
    assert folder.find("../secret") is None
