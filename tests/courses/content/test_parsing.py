"""What may be a body, and the words about what may not."""

import json
from typing import Any

import pytest
from hypothesis import given

from app.blueprints.courses.content import Body, body_hash, canonical_json, clean_body, parse_blocks
from app.core.errors import Invalid
from tests.courses.content.bodies import BODIES, body, callout, code, image, text


@given(BODIES)
def test_what_is_written_down_is_read_as_the_same(one: Body) -> None:
    assert parse_blocks(canonical_json(one)) == one
    assert body_hash(parse_blocks(canonical_json(one))) == body_hash(one)


@given(BODIES)
def test_cleaning_twice_is_cleaning_once(one: Body) -> None:
    clean = clean_body(one)
    assert clean_body(clean) == clean


def test_the_order_of_fields_and_said_defaults_do_not_change_the_hash() -> None:
    plain = image("a", "x1", alt="A cat")
    other = dict(reversed(plain.items())) | {"caption": "", "decorative": False}
    assert body_hash(body(plain)) == body_hash(body(other))
    assert body_hash(body(plain)) != body_hash(body(plain | {"alt": "A dog"}))


def test_html_is_cleaned_at_every_depth() -> None:
    bad = "<p>x<script>y</script></p>"
    clean = clean_body(body(callout("a", "note", callout("b", "tip", text("c", bad)))))
    assert "script" not in canonical_json(clean)


def test_nul_is_dropped() -> None:
    assert body(code("a", "x\0y")) == body(code("a", "xy"))


def nested(levels: int) -> dict[str, Any]:
    block = text("leaf", "<p>x</p>")
    for level in range(levels):
        block = callout(f"level {level}", "note", block)
    return block


def test_callouts_nest_four_deep() -> None:
    body(nested(4))
    with pytest.raises(Invalid, match="four deep"):
        body(nested(5))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nonsense", "not a list of blocks"),
        ('{"type": "text"}', "not a list of blocks"),
        ("[" * 100_000, "not a list of blocks"),
        ([text("a", "") | {"owner": 1}], r"Block 1, owner: no such field"),
        ([text("a", ""), {"type": "text", "key": "a" * 12}], r"Block 2, html: this is missing"),
        ([text("a", "") | {"type": "spell"}], r"Block 1: no such kind"),
        ([callout("a", "spell")], r"Block 1, kind: no such kind"),
        ([text("a", "") | {"key": "A" * 12}], r"Block 1, key: this does not have the right form"),
        ([text("a", "x" * 200_001)], r"Block 1, html: at most 200000"),
        ([callout("a", "note", image("b", "../x"))], r"Block 1, Block 1, asset: this does not"),
        (
            [
                {
                    "type": "video",
                    "key": "a" * 12,
                    "title": "",
                    "asset": "a",
                    "url": "https://e.example",
                }
            ],
            r"either an address or a file",
        ),
        (
            [{"type": "embed", "key": "a" * 12, "title": "", "url": "javascript:x"}],
            r"Block 1, url: this does not have the right form",
        ),
        ([text("a", ""), text("a", "")], "same key"),
        ([text("a", ""), callout("b", "note", text("a", ""))], "same key"),
        ([text(str(number), "") for number in range(501)], "too long"),
        ([code(str(number), "é" * 60_000) for number in range(9)], "too long"),
        (json.dumps([code("a", "x" * 100_001)]), r"at most 100000 fit"),
        ([code("a", "x") | {"code": 5}], r"Block 1, code: this cannot be used"),
    ],
)
def test_what_does_not_pass_is_told_with_its_place(source: Any, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        parse_blocks(source)


def test_every_wrong_field_has_its_own_message() -> None:
    with pytest.raises(Invalid) as caught:
        parse_blocks([text("a", "") | {"html": 1}, callout("b", "tip", {"type": "file"})])
    assert set(caught.value.fields) == {
        "0.html",
        "1.blocks.0.key",
        "1.blocks.0.label",
    }
