"""Which lessons of a version wait for which, and which of them in vain."""

from collections.abc import Mapping

from app.blueprints.courses.rules.outline import Outline
from app.blueprints.courses.rules.release import Release, ReleaseRule, rule_of

Waits = Mapping[str, frozenset[str]]


def waits_of(outline: Outline) -> dict[str, frozenset[str]]:
    """Return, for each lesson that waits for others, what has to be done before it opens."""
    required = {
        module.key: frozenset(one.key for one in module.lessons if one.is_required)
        for module in outline.modules
    }
    single = {key: frozenset({key}) for key in outline.lessons}
    return {
        key: (single if rule_of(release) is ReleaseRule.AFTER else required).get(
            release["key"], frozenset()
        )
        for key, release in _waiting(outline).items()
    }


def waits_for_nothing(outline: Outline) -> set[str]:
    """Return the lessons that wait for one, or for a module, that is not there."""
    modules = {module.key for module in outline.modules}
    return {
        key
        for key, release in _waiting(outline).items()
        if release["key"]
        not in (outline.lessons if rule_of(release) is ReleaseRule.AFTER else modules)
    }


def never_open(waits: Waits) -> set[str]:
    """Return the lessons that wait, in the end, for themselves, and those that wait for such."""
    closed = set(waits)
    while opening := {key for key in closed if not waits[key] & closed}:
        closed -= opening
    return closed


def _waiting(outline: Outline) -> dict[str, Release]:
    return {
        key: release
        for key, lesson in outline.lessons.items()
        if "key" in (release := dict(lesson.release))
    }
