"""What changed between two bodies."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.courses.content import Body, derived_key
from app.blueprints.courses.content.difference import difference
from tests.courses.content.bodies import BODIES, body, callout, code, text

A, B, C, D = (text(name, f"<p>{name} says this</p>") for name in "abcd")


def keys(*blocks: dict[str, Any]) -> list[str]:
    return [block["key"] for block in blocks]


@given(BODIES)
def test_equal_bodies_do_not_differ(one: Body) -> None:
    assert not difference(one, one)


@given(BODIES, BODIES)
def test_the_difference_accounts_for_every_block(before: Body, after: Body) -> None:
    found = difference(before, after)
    kept = len(list(before.walk())) - len(found.removed)
    assert kept == len(list(after.walk())) - len(found.added)
    back = difference(after, before)
    assert len(back.added) == len(found.removed)
    assert len(back.rewritten) == len(found.rewritten)


@given(st.permutations(range(7)))
def test_the_moved_blocks_explain_the_new_order(order: list[int]) -> None:
    blocks = [text(str(number), f"<p>{number}</p>") for number in range(7)]
    shuffled = [blocks[number] for number in order]
    moved = {block.key for block in difference(body(*blocks), body(*shuffled)).moved}
    rest = [key for key in keys(*shuffled) if key not in moved]
    assert rest == [key for key in keys(*blocks) if key not in moved]


@pytest.mark.parametrize(
    ("after", "moved"),
    [([D, A, B, C], [D]), ([B, C, D, A], [A]), ([A, C, B, D], None), ([A, B, C, D], [])],
)
def test_as_few_blocks_as_possible_count_as_moved(
    after: list[dict[str, Any]], moved: list[dict[str, Any]] | None
) -> None:
    found = [block.key for block in difference(body(A, B, C, D), body(*after)).moved]
    assert len(found) == 1 if moved is None else found == keys(*moved)


def test_added_and_removed() -> None:
    found = difference(body(A, B), body(B, C))
    assert [block.key for block in found.added] == keys(C)
    assert [block.key for block in found.removed] == keys(A)
    assert not found.moved


def test_moving_into_a_callout_is_moving() -> None:
    found = difference(body(A, callout("x", "note", B)), body(callout("x", "note", B, A)))
    assert [block.key for block in found.moved] == keys(A)
    assert not found.added
    assert not found.rewritten


def test_words_of_what_was_rewritten() -> None:
    found = difference(body(A), body(A | {"html": "<p>a says that now</p>"}))
    assert found.rewritten[0].words == (
        ("same", "a says "),
        ("removed", "this"),
        ("added", "that now"),
    )


def test_what_lost_its_key_is_found_by_its_content() -> None:
    found = difference(body(A, B), body(A, B | {"key": derived_key("other")}))
    assert not found


def test_another_type_under_the_same_key_is_another_block() -> None:
    found = difference(body(A), body(code("a", "x")))
    assert len(found.added) == len(found.removed) == 1
