"""Three-way merges of texts: two people's words meet, and none is lost."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.builder.rules import merging
from app.blueprints.builder.rules.merging import (
    BothChanged,
    elements,
    merge_block,
    merge_lines,
    merge_pieces,
    merge_text,
)

Pieces = list[str]
PIECES = st.lists(st.sampled_from("pqrs"), max_size=8)
MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<em>", "</em>", "<ul><li>", "</li></ul>", "<br>", "<hr>", "one", " ", "\n"]
    ),
    max_size=14,
).map("".join)


@st.composite
def edits(draw: st.DrawFn, base: Pieces, who: str) -> Pieces:
    """Somebody's changes of `base`: pieces taken out, rewritten, put in; all theirs are marked."""
    edited: Pieces = []
    for at, piece in enumerate([*base, None]):
        new = draw(st.integers(0, 5))
        if new == 0:
            edited.append(f"{who} new {at}")
        if piece is None:
            break
        act = draw(st.integers(0, 7))
        edited += {0: [], 1: [f"{who} again {at}"]}.get(act, [piece])
    return edited


@st.composite
def three(draw: st.DrawFn) -> tuple[Pieces, Pieces, Pieces]:
    """A text of distinct pieces, and two people's changes of it."""
    base = [f"base {number}" for number in range(draw(st.integers(0, 7)))]
    return base, draw(edits(base, "Ana's")), draw(edits(base, "Ben's"))


def attempt(*texts: Pieces) -> Pieces | None:
    """The merge, or None where there is none."""
    try:
        return merge_pieces(*texts)
    except BothChanged:
        return None


def assert_nothing_is_lost(base: Pieces, mine: Pieces, theirs: Pieces) -> None:
    """What either wrote is there; what is gone, somebody took out or rewrote, and nobody else."""
    merged = merge_pieces(base, mine, theirs)
    written = (set(mine) | set(theirs)) - set(base)
    kept = set(base) & set(mine) & set(theirs)
    assert set(merged) == written | kept
    assert len(merged) == len(set(merged))


@given(three())
def test_nothing_of_either_is_lost(texts: tuple[Pieces, Pieces, Pieces]) -> None:
    if attempt(*texts) is not None:
        assert_nothing_is_lost(*texts)


@given(three())
def test_merging_commutes_up_to_order(texts: tuple[Pieces, Pieces, Pieces]) -> None:
    base, mine, theirs = texts
    one, other = attempt(base, mine, theirs), attempt(base, theirs, mine)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert Counter(one) == Counter(other)


@given(PIECES, PIECES)
def test_what_only_one_changed_is_theirs(base: Pieces, changed: Pieces) -> None:
    assert merge_pieces(base, changed, base) == changed
    assert merge_pieces(base, base, changed) == changed
    assert merge_pieces(base, changed, changed) == changed


@given(PIECES, PIECES, PIECES)
def test_repeated_pieces_are_not_lost_either(base: Pieces, mine: Pieces, theirs: Pieces) -> None:
    merged = attempt(base, mine, theirs)
    if merged is not None:
        assert (set(mine) | set(theirs)) - set(base) <= set(merged)


@given(MARKUP)
def test_a_text_is_the_sum_of_its_elements(html: str) -> None:
    assert "".join("".join(elements(html)).split()) == "".join(html.split())


def test_elements_are_those_at_the_top() -> None:
    html = 'Bare <em>text</em><p title="a > b">One</p>\n<ul><li><p>In</p></li></ul><hr>tail<br>more'
    assert elements(html) == [
        "Bare <em>text</em>",
        '<p title="a > b">One</p>',
        "<ul><li><p>In</p></li></ul>",
        "<hr>",
        "tail<br>more",
    ]


def test_two_paragraphs_side_by_side() -> None:
    base = "<p>One</p><p>Two</p>"
    merged = merge_text(base, "<p>One more</p><p>Two</p>", "<p>One</p><p>Two more</p><p>3</p>")
    assert merged == "<p>One more</p>\n<p>Two more</p>\n<p>3</p>"


def test_one_paragraph_that_both_changed_is_left_to_people() -> None:
    with pytest.raises(BothChanged):
        merge_text("<p>One</p>", "<p>Mine</p>", "<p>Theirs</p>")
    with pytest.raises(BothChanged):
        merge_text("<p>One</p><p>Two</p>", "<p>Two</p>", "<p>One!</p><p>Two</p>")


def test_blocks_merge_field_by_field() -> None:
    base = {"key": "a", "type": "code", "code": "x = 1\ny = 2\nz = 3", "language": "python"}
    mine = {**base, "code": "x = 10\ny = 2\nz = 3"}
    theirs = {**base, "code": "x = 1\ny = 2\nz = 30", "caption": "Numbers"}
    expected = {**theirs, "code": merge_lines(base["code"], mine["code"], theirs["code"])}
    assert expected["code"] == "x = 10\ny = 2\nz = 30"
    assert merge_block(base, mine, theirs) == expected
    with pytest.raises(BothChanged):
        merge_block(base, {**base, "language": "c"}, {**base, "language": "r"})
    without = {name: value for name, value in base.items() if name != "language"}
    assert "language" not in merge_block(base, without, base)


def test_blocks_merge_inside_callouts() -> None:
    def callout(first: str, second: str, title: str = "Try it") -> dict[str, object]:
        inner = [{"key": "1", "html": first}, {"key": "2", "html": second}]
        return {"key": "c", "title": title, "blocks": inner}

    merged = merge_block(callout("a", "b"), callout("a!", "b"), callout("a", "b!", "Do it"))
    assert merged == callout("a!", "b!", "Do it")


def test_a_planted_fault_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """To let one win where both changed the same is what a save without a base does."""

    def the_last_wins(base: Pieces, at: int, _theirs: object, mine: Any) -> Pieces:
        return list(mine.pieces if mine else base[at : at + 1])

    monkeypatch.setattr(merging, "_piece", the_last_wins)
    with pytest.raises(AssertionError):
        test_nothing_of_either_is_lost()
