"""Decisions about passwords, names, addresses and sessions."""

from datetime import UTC, datetime, timedelta

import pytest

from app.blueprints.accounts.rules import passwords, people, sessions
from app.core.addresses import local_path

GOOD = [
    "a walk by the sea",
    "correct horse battery staples",
    "Ünïcödé päßwörter sind gut",
    "x7#kQ2!vLp9w",
    "x" * 20 + " and then something else " + "y" * 150,
    "密码应该足够长才安全可靠啊",
]
BAD = [
    "",
    "short",
    "eleven char",
    "x" * 201,
    "password1234",
    "Password!2024",
    "P4ssw0rd!2024",
    "1234567890123",
    "qwertyuiop12345",
    "iloveyou123456",
    "aaaaaaaaaaaaaa",
    "abcabcabcabcabc",
    "098765432109",
    "lectern12345",
    "Summer2026!!!",
    "correcthorsebatterystaple",
]


@pytest.mark.parametrize("password", GOOD)
def test_long_passwords_of_any_letters_are_good(password: str) -> None:
    assert passwords.problem_with(password, email="ada@example.org", name="Ada King") is None


@pytest.mark.parametrize("password", BAD)
def test_short_and_well_known_passwords_are_refused(password: str) -> None:
    assert passwords.problem_with(password) is not None


@pytest.mark.parametrize(
    "password", ["ada.king rules it all", "my name is Ada King", "adaking999999"]
)
def test_the_own_name_is_refused(password: str) -> None:
    own = {"email": "ada.king@example.org", "name": "Ada King"}
    assert passwords.problem_with(password, **own) is not None


def test_a_short_name_may_stand_in_a_password() -> None:
    assert passwords.problem_with("ann likes long walks", email="ann@example.org") is None


def test_composed_letters_are_the_same_password() -> None:
    assert passwords.normalised("caf\u00e9") == passwords.normalised("cafe\u0301")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ada@Example.org ", "ada@example.org"),
        ("A\u0308DA@example.org", "äda@example.org"),
        ("ada@", None),
        ("ada", None),
        ("ada@example.org\r\nBcc: x@example.org", None),
        ("a" * 250 + "@example.org", None),
        ("ada@localhost", None),
    ],
)
def test_addresses(typed: str, kept: str | None) -> None:
    assert people.clean_email(typed) == kept


def test_names_are_one_visible_line() -> None:
    assert people.clean_name(" Ada\u202e \n\t King\x00 ") == "Ada King"
    assert people.problem_with_name("") is not None
    assert people.problem_with_name("x" * 121) is not None
    assert people.problem_with_name("x" * 120) is None


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox Linux"),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/126.0.0.0 Safari/537.36 Edg/126.0"
            ),
            "Edge Windows",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
            ),
            "Safari iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome Android"),
        ("curl/8.5.0", " "),
    ],
)
def test_devices_are_named(agent: str, named: str) -> None:
    assert " ".join(sessions.device(agent)) == named


NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("staff", "age", "idle", "alive"),
    [
        (False, timedelta(days=364), timedelta(days=29), True),
        (False, timedelta(days=366), timedelta(0), False),
        (False, timedelta(days=40), timedelta(days=31), False),
        (True, timedelta(hours=11), timedelta(hours=1), True),
        (True, timedelta(hours=13), timedelta(0), False),
        (True, timedelta(hours=3), timedelta(hours=2), False),
    ],
)
def test_sessions_end_by_idleness_and_by_age(
    staff: bool, age: timedelta, idle: timedelta, alive: bool
) -> None:
    life = sessions.lifetime_of(is_staff=staff)
    assert sessions.is_alive(NOW - age, NOW - idle, NOW, life) is alive


def test_local_paths_pass() -> None:
    for path in ("/", "/courses?q=a%2Fb&x=//y", "/learning/é/l1#top", "/a:b"):
        assert local_path(path, "/no") == path
    assert local_path(None, "/no") == "/no"
