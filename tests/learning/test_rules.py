"""Progress on plain values: nothing undone is credited, and nothing done is lost."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.learning import rules
from app.blueprints.learning.rules import Mark

KEYS = [f"l{number}" for number in range(8)]
NEWEST = 6
numbers = st.integers(1, NEWEST)


@dataclass(frozen=True)
class Lesson:
    key: str
    is_required: bool = True
    minutes: int = 5
    redo_since: int | None = None


lessons = st.lists(
    st.builds(
        Lesson, st.sampled_from(KEYS), st.booleans(), st.integers(0, 90), st.none() | numbers
    ),
    unique_by=lambda lesson: lesson.key,
)
completions = st.dictionaries(st.sampled_from(KEYS), numbers)


@given(lessons, completions)
def test_progress_is_0_to_100_and_100_only_when_all_is_done(
    lessons: list[Lesson], completions: dict[str, int]
) -> None:
    done = rules.done_keys(lessons, completions)
    standing = rules.standing(lessons, done)
    assert 0 <= standing.percent <= 100
    assert 0 <= standing.done <= standing.required
    missing = [lesson for lesson in lessons if lesson.is_required and lesson.key not in done]
    assert (standing.percent == 100) == standing.is_complete
    assert standing.is_complete == (not missing and standing.required > 0)
    assert standing.minutes_left == sum(lesson.minutes for lesson in missing)


@given(st.integers(1, 10_000), st.data())
def test_percent_never_rounds_up_to_a_hundred(required: int, data: st.DataObject) -> None:
    done = data.draw(st.integers(0, required - 1))
    assert rules.percent(done, required) < 100
    assert rules.percent(required, required) == 100


@given(lessons, completions, st.sampled_from(KEYS))
def test_redo_never_credits_undone_work(
    lessons: list[Lesson], completions: dict[str, int], key: str
) -> None:
    redone = [
        replace(lesson, redo_since=NEWEST + 1) if lesson.key == key else lesson
        for lesson in lessons
    ]
    before, after = rules.done_keys(lessons, completions), rules.done_keys(redone, completions)
    assert after == before - {key}


@given(lessons, completions, st.randoms())
def test_moving_lessons_loses_nothing(
    lessons: list[Lesson], completions: dict[str, int], random: object
) -> None:
    moved = sorted(lessons, key=lambda lesson: hash((str(random), lesson.key)))
    before, after = rules.done_keys(lessons, completions), rules.done_keys(moved, completions)
    assert before == after
    assert rules.standing(lessons, before) == rules.standing(moved, after)


@given(lessons, completions, st.sampled_from(KEYS), numbers)
def test_doing_more_never_lowers_progress(
    lessons: list[Lesson], completions: dict[str, int], key: str, number: int
) -> None:
    more = {**completions, key: max(number, completions.get(key, 0))}
    before, after = rules.done_keys(lessons, completions), rules.done_keys(lessons, more)
    assert before <= after


@given(lessons, completions, st.none() | st.sampled_from([*KEYS, "gone"]))
def test_the_next_lesson_is_an_open_one_until_all_are_done(
    lessons: list[Lesson], completions: dict[str, int], after: str | None
) -> None:
    done = rules.done_keys(lessons, completions)
    key = rules.next_lesson(lessons, done, after)
    open_ones = {one.key for one in lessons if one.is_required and one.key not in done}
    assert (key in open_ones) if open_ones else key is None


def test_next_goes_on_in_order_and_comes_round() -> None:
    course = [Lesson("a"), Lesson("b"), Lesson("c", is_required=False), Lesson("d")]
    assert rules.next_lesson(course, {"a"}, after="a") == "b"
    assert rules.next_lesson(course, {"b"}, after="b") == "d"
    assert rules.next_lesson(course, {"b", "d"}, after="d") == "a"
    assert rules.next_lesson(course, {"a", "b", "d"}, after="d") is None


@given(st.integers(), numbers)
def test_a_version_that_was_sent_is_one_that_can_have_been_seen(sent: int, newest: int) -> None:
    assert 1 <= rules.bounded(sent, newest) <= newest
    assert rules.bounded(newest, newest) == newest


def test_lessons_stand_out_when_new_or_to_be_done_again() -> None:
    known = {"a", "b"}
    assert rules.mark(Lesson("c"), {"a": 1}, known=known) is Mark.NEW
    assert rules.mark(Lesson("b"), {"a": 1}, known=known) is None
    assert rules.mark(Lesson("c"), {"a": 1}, known=None) is None
    assert rules.mark(Lesson("a", redo_since=2), {"a": 1}, known=known) is Mark.AGAIN
    assert rules.mark(Lesson("a", redo_since=2), {"a": 2}, known=known) is None
