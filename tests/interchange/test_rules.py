"""Which block stands for which, and whose word counts."""

import json
from typing import Any

from hypothesis import given

from app.blueprints.courses.content import Body, canonical_json, derived_key, parse_blocks
from app.blueprints.interchange.rules import keep_keys, settled
from tests.courses.content.bodies import BODIES, callout, code, image, text

Block = dict[str, Any]


def rekeyed(block: Block, name: str) -> Block:
    return block | {"key": derived_key("new", name)}


def keys(blocks: list[Block]) -> list[str]:
    return [block["key"] for block in blocks]


A, B, C = (text(name, f"<p>{name}</p>") for name in "abc")


def test_blocks_that_say_the_same_keep_their_keys() -> None:
    found = keep_keys([A, B], [rekeyed(B, "b"), rekeyed(C, "c")])
    assert keys(found) == [B["key"], derived_key("new", "c")]


def test_a_rewritten_block_keeps_its_key() -> None:
    new = [rekeyed(A, "a"), rekeyed(B | {"html": "<p>other</p>"}, "b"), rekeyed(C, "c")]
    assert keys(keep_keys([A, B, C], new)) == keys([A, B, C])


def test_blocks_of_another_type_are_others() -> None:
    found = keep_keys([A, code("x", "1")], [rekeyed(code("y", "2"), "y")])
    assert keys(found) == [derived_key("x")]
    assert keys(keep_keys([A], [rekeyed(image("i", "a"), "i")])) == [derived_key("new", "i")]


def test_keys_are_kept_inside_callouts() -> None:
    old = callout("o", "tip", A, B)
    new = rekeyed(callout("n", "tip", rekeyed(A, "a"), rekeyed(C, "c")), "n")
    found = keep_keys([old], [new])[0]
    assert found["key"] == old["key"]
    assert keys(found["blocks"]) == [A["key"], B["key"]]


def test_no_key_is_given_twice() -> None:
    kept = A | {"html": "<p>changed</p>"}
    found = keep_keys([kept, B], [rekeyed(kept, "k"), B, A])
    assert len(set(keys(found))) == 3


def plain(body: Body) -> list[Block]:
    return list(json.loads(canonical_json(body)))


@given(BODIES, BODIES)
def test_any_two_texts_make_a_valid_one_that_says_the_new(one: Body, other: Body) -> None:
    found = parse_blocks(keep_keys(plain(one), plain(other)))
    assert [block.type for block in found.walk()] == [block.type for block in other.walk()]


@given(BODIES)
def test_the_same_text_stays_the_same(one: Body) -> None:
    assert keep_keys(plain(one), plain(one)) == plain(one)


def test_what_changed_since_counts() -> None:
    assert settled("here", "then", "then") == "here"
    assert settled("here", "then", "now") == "now"
    assert settled("here", None, "now") == "now"
