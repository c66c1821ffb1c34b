"""Names that people give, made harmless."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.files import ALLOWED, tidy_name
from app.core.files.names import LONGEST_NAME

PNG = ALLOWED["image/png"]


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Soil map.png", "Soil map.png"),
        ("Übung 1.PNG", "Übung 1.PNG"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\me\\map.png", "map.png"),
        ("map.php", "map.png"),
        ("map", "map.png"),
        (".png", "file.png"),
        ("...", "file.png"),
        ("a\0b.png", "ab.png"),
        ("gnp.\u202egpj.png", "gnp.gpj.png"),
        ("a\r\nX-Evil: 1.png", "aX-Evil 1.png"),
        ("x" * 500 + ".png", "x" * (LONGEST_NAME - 4) + ".png"),
    ],
)
def test_names(given_name: str, kept: str) -> None:
    assert tidy_name(given_name, PNG) == kept


@given(st.text())
def test_any_name_becomes_a_plain_one(name: str) -> None:
    kept = tidy_name(name, PNG)
    assert kept.lower().endswith(".png")
    assert 5 <= len(kept) <= LONGEST_NAME
    assert not any(c in '/\\:"' or unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in kept)
