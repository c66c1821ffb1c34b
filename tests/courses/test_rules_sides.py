"""Two outlines side by side: nothing is left out, and everything has its mark."""

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.courses.rules.difference import compare
from app.blueprints.courses.rules.outline import LessonFace, ModuleFace, Outline
from app.blueprints.courses.rules.sides import side_by_side

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Up to four modules that share up to eight lessons."""
    modules = draw(st.lists(st.sampled_from("wxyz"), unique=True))
    lessons = draw(KEYS) if modules else []
    homes = {key: draw(st.sampled_from(modules)) for key in lessons}
    return Outline(
        {},
        tuple(
            ModuleFace(
                module,
                draw(st.sampled_from(["One", "Two"])),
                tuple(lesson(draw, key, module) for key in lessons if homes[key] == module),
            )
            for module in modules
        ),
    )


def lesson(draw: st.DrawFn, key: str, module: str) -> LessonFace:
    title, digest = draw(st.sampled_from(["A", "B"])), draw(st.sampled_from(["1", "2"]))
    return LessonFace(key, title, module, digest, minutes=draw(st.sampled_from([5, 6])))


@given(outlines(), outlines())
def test_both_outlines_are_whole_and_in_order(old: Outline, new: Outline) -> None:
    sides = side_by_side(old, new)
    assert [one.after for one in sides if one.after] == list(new.modules)
    assert {one.before.key for one in sides if one.before} == {one.key for one in old.modules}
    for one in sides:
        for side, module in ((0, one.before), (1, one.after)):
            shown = [(row.before, row.after)[side] for row in one.lessons]
            assert [face for face in shown if face] == list(module.lessons if module else ())
        if one.before and one.after:
            assert one.before.key == one.after.key


@given(outlines(), outlines())
def test_what_stands_in_one_line_is_one_lesson_that_stayed(old: Outline, new: Outline) -> None:
    moved = {change.key for change in compare(old, new).moved}
    for one in side_by_side(old, new):
        for row in one.lessons:
            if row.before and row.after:
                assert row.before.key == row.after.key
                assert row.key not in moved
            else:
                assert {"added", "removed", "moved"} & set(row.marks)


@given(outlines(), outlines())
def test_marks_are_there_where_something_differs(old: Outline, new: Outline) -> None:
    for one in side_by_side(old, new):
        for row in one.lessons:
            assert bool(row.marks) == (row.before != row.after)
    assert any(one.has_changes for one in side_by_side(old, new)) == (compare(old, new).count > 0)


@given(outlines())
def test_equal_outlines_have_no_mark(one: Outline) -> None:
    assert not any(module.has_changes for module in side_by_side(one, one))
