"""Two outlines side by side: the modules of the newer one in order, with what was where before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.blueprints.courses.rules.difference import Change, Difference, compare
from app.blueprints.courses.rules.outline import LessonFace, ModuleFace, Outline

_MARKS = ("added", "removed", "moved", "retitled", "rewritten", "resettled")
_MODULE_MARKS = ("modules_added", "modules_removed", "modules_moved", "modules_retitled")


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=_Keyed)


@dataclass(frozen=True, slots=True)
class LessonSides:
    """A lesson before and after; one that went elsewhere has a line in both places."""

    before: LessonFace | None
    after: LessonFace | None
    marks: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the lesson's key."""
        face = self.after or self.before
        return face.key if face else ""


@dataclass(frozen=True, slots=True)
class ModuleSides:
    """A module before and after, and its lessons."""

    before: ModuleFace | None
    after: ModuleFace | None
    marks: tuple[str, ...]
    lessons: tuple[LessonSides, ...]

    @property
    def has_changes(self) -> bool:
        """Tell whether anything in it is different."""
        return bool(self.marks) or any(lesson.marks for lesson in self.lessons)


def side_by_side(old: Outline, new: Outline) -> tuple[ModuleSides, ...]:
    """Return both outlines, each whole and each module with its lessons in order."""
    difference = compare(old, new)
    marks = _marks(difference, _MARKS)
    module_marks = _marks(difference, _MODULE_MARKS)
    moved = {change.key for change in difference.moved}
    return tuple(
        ModuleSides(
            before,
            after,
            module_marks.get((after or before).key, ()),  # type: ignore[union-attr]
            _lessons(before, after, moved, marks),
        )
        for before, after in _paired(old.modules, new.modules, frozenset())
    )


def _lessons(
    before: ModuleFace | None,
    after: ModuleFace | None,
    moved: set[str],
    marks: dict[str, tuple[str, ...]],
) -> tuple[LessonSides, ...]:
    old, new = (module.lessons if module else () for module in (before, after))
    return tuple(
        LessonSides(was, now, marks.get((now or was).key, ()))  # type: ignore[union-attr]
        for was, now in _paired(old, new, moved)
    )


def _paired(
    old: Sequence[T], new: Sequence[T], apart: frozenset[str] | set[str]
) -> Iterator[tuple[T | None, T | None]]:
    """Give what has the same key in one line, unless it is to stand `apart`; what has no
    counterpart stands where it was.
    """
    before = {one.key: one for one in old if one.key not in apart}
    together = before.keys() & {one.key for one in new}
    alone = [(at, one) for at, one in enumerate(old) if one.key not in together]
    places = {one.key: at for at, one in enumerate(old)}
    for one in new:
        if one.key in together:
            while alone and alone[0][0] < places[one.key]:
                yield alone.pop(0)[1], None
        yield (before[one.key] if one.key in together else None), one
    for _, one in alone:
        yield one, None


def _marks(difference: Difference, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        changes: list[Change] = getattr(difference, name)
        for change in changes:
            mark = name.removeprefix("modules_")
            found[change.key] = (*found.get(change.key, ()), mark)
    return found
