"""Random changes, all taken back and all done again: exactly the same board and texts."""

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.blueprints.builder import services
from app.blueprints.builder.queries import board
from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course, misplaced
from app.core.db import writing
from tests.builder.acts import Acts, Dice
from tests.builder.steps import (
    add_lesson,
    add_module,
    history,
    operations,
    redo_last,
    undo_last,
    working,
    write,
)
from tests.factories.accounts import actor_for, make_user

State = list[Any]


def state_of(course: Course) -> State:
    """Everything that undoing must bring back: basics, tree, settings, texts."""
    version = working(course)
    lessons = [
        (c.module.key, c.module.title, [_lesson(version.id, card.lesson) for card in c.lessons])
        for c in board(get_course(course.id)).modules
    ]
    return [version.title, version.summary, version.objectives, version.difficulty, lessons]


def _lesson(version_id: int, lesson: Any) -> tuple[Any, ...]:
    shown = (lesson.key, lesson.title, lesson.minutes, lesson.is_required, lesson.kind)
    return (*shown, lesson_text(version_id, lesson.key).blocks)


@settings(
    max_examples=10,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each makes its own course
)
@given(st.lists(st.lists(st.integers(0, 999), min_size=8, max_size=8), min_size=4, max_size=12))
def test_undoing_all_and_doing_all_again(app: Flask, rolls: list[list[int]]) -> None:
    author = actor_for(make_user(roles=["contributor"]))
    with writing():
        course = services.create_course(author, title="Soil")
    for title in ("Clay", "Sand", "Silt", "Peat"):
        write(author, course, add_lesson(author, course, title))
    add_module(author, course, "Water")
    begun, states = operations(course), {operations(course): state_of(course)}
    acts = Acts(author, course)
    for roll in rolls:
        acts.act(dice_of(roll))
        states[operations(course)] = state_of(course)  # a text that goes on replaces its own
    for count in range(max(states) - 1, begun - 1, -1):
        undo_last(author, course)
        assert state_of(course) == states.get(count, state_of(course))
    for count in range(begun + 1, max(states) + 1):
        redo_last(author, course)
        assert state_of(course) == states.get(count, state_of(course))
    assert history(author, course).redo is None
    assert misplaced() == []


def dice_of(roll: list[int]) -> Dice:
    """Dice that fall as drawn."""
    rest = list(roll)
    return lambda sides: rest.pop() % sides if rest else 0
