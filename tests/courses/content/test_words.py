"""The words that changed: both texts can be read from them, however long these are."""

import time

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.courses.content import Body
from app.blueprints.courses.content.difference import side_by_side
from app.blueprints.courses.content.words import Budget, Runs, changed_lines, changed_words
from tests.courses.content.bodies import BODIES, body, code, text

TEXTS = st.text(alphabet="ab \n", max_size=60)


def without(runs: Runs, operation: str) -> str:
    return "".join(words for kind, words in runs if kind != operation)


@given(TEXTS, TEXTS, st.sampled_from([0, 9, 10_000]))
def test_both_texts_can_be_read_from_the_runs(before: str, after: str, left: int) -> None:
    for compared in (changed_words, changed_lines):
        runs = compared(before, after, Budget(left))
        assert without(runs, "added") == before
        assert without(runs, "removed") == after


@given(TEXTS)
def test_equal_texts_have_no_change(one: str) -> None:
    assert {kind for kind, _ in changed_words(one, one, Budget(0))} <= {"same"}


def test_one_word_of_many_is_found() -> None:
    before = "\n".join(
        f"Line {number} says something else than any other." for number in range(500)
    )
    after = before.replace("Line 77 says", "Line 77 tells").replace("Line 400", "Row 400")
    changed = [run for run in changed_words(before, after) if run[0] != "same"]
    assert changed == [
        ("removed", "says"),
        ("added", "tells"),
        ("removed", "Line"),
        ("added", "Row"),
    ]


def test_a_megabyte_is_compared_in_bounded_time() -> None:
    before = " ".join(f"word{number % 997}" for number in range(120_000))
    after = " ".join(f"word{number * 7 % 997}" for number in range(120_000))
    lines = before.replace(" ", "\n"), after.replace(" ", "\n")
    began = time.process_time()
    for one, other in ((before, after), lines):
        runs = changed_words(one, other)
        assert (without(runs, "added"), without(runs, "removed")) == (one, other)
    assert time.process_time() - began < 5


@given(BODIES, BODIES)
def test_both_bodies_stand_side_by_side(before: Body, after: Body) -> None:
    sides = side_by_side(before, after)
    assert [one.after for one in sides if one.after] == list(after.walk())
    shown = [one.before.key for one in sides if one.before]
    assert sorted(shown) == sorted(block.key for block in before.walk())
    for one in sides:
        if one.before and one.after and one.words is None:
            assert one.before.type == one.after.type


def test_what_is_gone_stands_where_it_was_and_code_differs_by_lines() -> None:
    a, b, c = (text(name, f"<p>{name}</p>") for name in "abc")
    before = body(a, b, code("d", "x = 1\ny = 2\n"))
    after = body(c, a, code("d", "x = 1\ny = 3\n"))
    sides = side_by_side(before, after)
    assert [(bool(one.before), bool(one.after)) for one in sides] == [
        (False, True),
        (True, True),
        (True, False),
        (True, True),
    ]
    assert sides[3].words == (("same", "x = 1\n"), ("removed", "y = 2\n"), ("added", "y = 3\n"))
