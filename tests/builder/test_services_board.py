"""Commands on a board: what they change, what they refuse, and what takes them back."""

import pytest

from app.blueprints.builder import services
from app.blueprints.builder.errors import Overtaken, StaleBoard, StaleRow
from app.blueprints.builder.queries import board
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course
from app.core.actor import Actor
from app.core.db import writing
from app.core.errors import Conflict, Forbidden, Invalid
from tests.builder.steps import add_lesson, add_module, keys_of, titles_of, undo
from tests.factories.accounts import actor_for, make_user


def test_a_new_course_has_one_empty_module(course: Course) -> None:
    assert titles_of(course) == [("Introduction", [])]


def test_lessons_are_added_last(author: Actor, course: Course) -> None:
    add_lesson(author, course, "Sand")
    add_lesson(author, course, "Clay")
    assert titles_of(course) == [("Introduction", ["Sand", "Clay"])]


def test_a_lesson_moves_within_its_module(author: Actor, course: Course) -> None:
    sand, clay = add_lesson(author, course, "Sand"), add_lesson(author, course, "Clay")
    module = keys_of(course)[0][0]
    with writing():
        change = services.move_lesson(
            author, course_id=course.id, key=clay, module=module, after=None
        )
    assert keys_of(course) == [(module, [clay, sand])]
    assert "position 1 of 2" in str(change.message)


def test_a_lesson_moves_to_another_module_and_back(author: Actor, course: Course) -> None:
    sand, clay = add_lesson(author, course, "Sand"), add_lesson(author, course, "Clay")
    first = keys_of(course)[0][0]
    second = add_module(author, course, "Water")
    with writing():
        change = services.move_lesson(
            author, course_id=course.id, key=sand, module=second, after=None
        )
    assert keys_of(course) == [(first, [clay]), (second, [sand])]
    assert set(change.modules) == {first, second}
    undo(author, course, change)
    assert keys_of(course) == [(first, [sand, clay]), (second, [])]


def test_a_move_next_to_a_lesson_that_is_gone_is_refused(author: Actor, course: Course) -> None:
    sand, clay = add_lesson(author, course, "Sand"), add_lesson(author, course, "Clay")
    module = keys_of(course)[0][0]
    with writing():
        services.remove_lesson(author, course_id=course.id, key=sand)
    with pytest.raises(StaleBoard), writing():
        services.move_lesson(author, course_id=course.id, key=clay, module=module, after=sand)


def test_a_removed_lesson_comes_back_to_its_place(author: Actor, course: Course) -> None:
    sand, clay = add_lesson(author, course, "Sand"), add_lesson(author, course, "Clay")
    with writing():
        change = services.remove_lesson(author, course_id=course.id, key=sand)
    assert titles_of(course) == [("Introduction", ["Clay"])]
    undo(author, course, change)
    assert [keys for _, keys in keys_of(course)] == [[sand, clay]]


def test_a_removed_module_comes_back_with_its_lessons(author: Actor, course: Course) -> None:
    add_lesson(author, course, "Sand")
    add_module(author, course, "Water")
    with writing():
        change = services.remove_module(author, course_id=course.id, key=keys_of(course)[0][0])
    assert titles_of(course) == [("Water", [])]
    undo(author, course, change)
    assert titles_of(course) == [("Introduction", ["Sand"]), ("Water", [])]


def test_undoing_twice_is_refused(author: Actor, course: Course) -> None:
    sand = add_lesson(author, course, "Sand")
    with writing():
        change = services.remove_lesson(author, course_id=course.id, key=sand)
    undo(author, course, change)
    with pytest.raises(Conflict):
        undo(author, course, change)


def test_undoing_a_new_module_that_others_have_filled_is_refused(
    author: Actor, course: Course
) -> None:
    with writing():
        change = services.add_module(author, course_id=course.id, title="Water")
    add_lesson(author, course, "Rain", module=change.modules[0])
    with pytest.raises(StaleBoard):
        undo(author, course, change)


def test_a_rename_on_an_old_state_is_refused(author: Actor, course: Course) -> None:
    key = add_lesson(author, course, "Sand")
    with writing():
        services.edit_lesson(author, course_id=course.id, key=key, revision=1, title="Sandy soil")
    with pytest.raises(StaleRow), writing():
        services.edit_lesson(author, course_id=course.id, key=key, revision=1, title="Gravel")
    assert titles_of(course) == [("Introduction", ["Sandy soil"])]


def test_undoing_a_rename_does_not_overwrite_a_later_one(author: Actor, course: Course) -> None:
    key = add_lesson(author, course, "Sand")
    with writing():
        change = services.edit_lesson(
            author, course_id=course.id, key=key, revision=1, title="Sandy soil"
        )
    with writing():
        services.edit_lesson(author, course_id=course.id, key=key, revision=2, title="Gravel")
    with pytest.raises(Overtaken):
        undo(author, course, change)


def test_modules_are_renamed_and_moved(author: Actor, course: Course) -> None:
    second = add_module(author, course, "Water")
    with writing():
        services.rename_module(author, course_id=course.id, key=second, title="Rain", revision=1)
    with writing():
        change = services.move_module(author, course_id=course.id, key=second, after=None)
    assert [title for title, _ in titles_of(course)] == ["Rain", "Introduction"]
    undo(author, course, change)
    assert [title for title, _ in titles_of(course)] == ["Introduction", "Rain"]


def test_the_whole_order_needs_the_same_keys_and_revision(author: Actor, course: Course) -> None:
    sand, clay = add_lesson(author, course, "Sand"), add_lesson(author, course, "Clay")
    module = keys_of(course)[0][0]
    revision = board(get_course(course.id)).version.board_revision
    for wrong_revision, order in (
        (revision - 1, [(module, [clay, sand])]),
        (revision, [(module, [clay])]),
        (revision, [(module, [clay, clay])]),
        (revision, [(module, [clay, sand, "unknown"])]),
    ):
        with pytest.raises(StaleBoard), writing():
            services.reorder(
                author, course_id=course.id, board_revision=wrong_revision, order=order
            )
    with writing():
        change = services.reorder(
            author, course_id=course.id, board_revision=revision, order=[(module, [clay, sand])]
        )
    assert keys_of(course) == [(module, [clay, sand])]
    undo(author, course, change)
    assert keys_of(course) == [(module, [sand, clay])]


def test_titles_are_needed(author: Actor, course: Course) -> None:
    with pytest.raises(Invalid), writing():
        services.add_module(author, course_id=course.id, title="   ")
    with pytest.raises(Invalid), writing():
        services.add_module(author, course_id=course.id, title="x" * 201)


def test_others_may_not_change_the_board(author: Actor, course: Course) -> None:
    stranger = actor_for(make_user("Tomas Lind", roles=["contributor"]))
    with pytest.raises(Forbidden), writing():
        services.add_module(stranger, course_id=course.id, title="Mine")


def test_people_without_the_role_make_no_course(course: Course) -> None:
    learner = actor_for(make_user("Ada Okafor"))
    with pytest.raises(Forbidden), writing():
        services.create_course(learner, title="Mine")


def test_equal_titles_get_addresses_of_their_own(author: Actor, course: Course) -> None:
    with writing():
        second = services.create_course(author, title="Soil and water")
    with writing():
        third = services.create_course(author, title="Soil & water")
    assert (second.slug, third.slug) == ("soil-and-water-2", "soil-water")
