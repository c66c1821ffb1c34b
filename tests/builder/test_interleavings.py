"""Two tabs on one board, interleaved at random: nothing is lost, doubled or overwritten."""

import random
from types import ModuleType

import pytest
from flask import Flask

from app.blueprints.builder.services import lessons, placing
from app.blueprints.courses.models import Course
from app.core.actor import Actor
from tests.builder.steps import add_lesson, add_module
from tests.builder.walk import Walk
from tests.support import both_databases

STEPS = 100
UNTIL_FAULTS_SHOW = 250


def begin(author: Actor, course: Course, seed: int) -> Walk:
    """A board of three modules and six lessons."""
    modules = [add_module(author, course, title) for title in ("Water", "Air")]
    for number in range(6):
        add_lesson(author, course, f"First {number}", module=modules[number % 2])
    walk = Walk(author, course, random.Random(seed))
    walk.begin()
    return walk


@pytest.mark.slow
@both_databases
@pytest.mark.parametrize("seed", range(4))
def test_random_interleavings(author: Actor, course: Course, seed: int, rounds: int) -> None:
    walk = begin(author, course, seed)
    walk.run(STEPS * max(1, rounds // 4))
    assert walk.refused > 0
    assert walk.done > STEPS // 2
    assert walk.undone > STEPS // 20


@pytest.mark.parametrize(
    ("room", "fault", "told"),
    [
        (lessons, "expect_revision", "silently overwritten"),
        (placing, "renumber", "positions have gaps"),
        (placing, "expect_stamps", "undone over a later change"),
        (placing, "contents", "somebody's work was removed"),
    ],
)
def test_planted_faults_are_caught(
    app: Flask,
    author: Actor,
    course: Course,
    monkeypatch: pytest.MonkeyPatch,
    room: ModuleType,
    fault: str,
    told: str,
) -> None:
    walk = begin(author, course, seed=1)
    monkeypatch.setattr(room, fault, lambda *_: {})
    with pytest.raises(AssertionError, match=told):
        walk.run(UNTIL_FAULTS_SHOW)
