"""What changed between two versions, found by key and never by place."""

from dataclasses import asdict, dataclass, field
from typing import Any

from app.blueprints.courses.rules.outline import LessonFace, Outline
from app.core.ordering import displaced

# A change of these is a change of the lesson's settings.
_SETTINGS = (
    *("is_required", "minutes", "kind"),
    *("completion_rule", "completion_seconds", "release"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One module or lesson that differs: its key, its title now, and what it was called."""

    key: str
    title: str
    before: str = ""


@dataclass(slots=True)
class Difference:
    """Everything that changed, in the order of the newer version."""

    settings: list[str] = field(default_factory=list)
    modules_added: list[Change] = field(default_factory=list)
    modules_removed: list[Change] = field(default_factory=list)
    modules_retitled: list[Change] = field(default_factory=list)
    modules_moved: list[Change] = field(default_factory=list)
    added: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    retitled: list[Change] = field(default_factory=list)
    rewritten: list[Change] = field(default_factory=list)
    resettled: list[Change] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored on the version."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Difference":
        """Build it again from what is stored."""
        settings = list(stored.get("settings", []))
        lists = {
            name: [Change(**change) for change in changes]
            for name, changes in stored.items()
            if name != "settings"
        }
        return cls(settings=settings, **lists)

    @property
    def count(self) -> int:
        """Return how many things changed."""
        return sum(len(changes) for changes in self.to_json().values())


def compare(old: Outline, new: Outline) -> Difference:
    """Return what changed from `old` to `new`."""
    difference = Difference(settings=_changed_settings(old, new))
    _compare_modules(difference, old, new)
    before, after = old.lessons, new.lessons
    difference.added = [_named(lesson) for key, lesson in after.items() if key not in before]
    difference.removed = [_named(lesson) for key, lesson in before.items() if key not in after]
    moved = _moved_lessons(old, new)
    for key, lesson in after.items():
        if key in before:
            _compare_lesson(difference, before[key], lesson, moved=key in moved)
    return difference


def _changed_settings(old: Outline, new: Outline) -> list[str]:
    names = [*old.settings, *(name for name in new.settings if name not in old.settings)]
    return [name for name in names if old.settings.get(name) != new.settings.get(name)]


def _compare_modules(difference: Difference, old: Outline, new: Outline) -> None:
    before = {module.key: module for module in old.modules}
    after = {module.key: module for module in new.modules}
    difference.modules_added = [Change(k, m.title) for k, m in after.items() if k not in before]
    difference.modules_removed = [Change(k, m.title) for k, m in before.items() if k not in after]
    difference.modules_retitled = [
        Change(key, module.title, before[key].title)
        for key, module in after.items()
        if key in before and before[key].title != module.title
    ]
    moved = displaced(list(before), list(after))
    difference.modules_moved = [Change(key, after[key].title) for key in after if key in moved]


def _compare_lesson(
    difference: Difference, old: LessonFace, new: LessonFace, *, moved: bool
) -> None:
    if moved:
        difference.moved.append(_named(new))
    if old.title != new.title:
        difference.retitled.append(Change(new.key, new.title, old.title))
    if old.digest != new.digest:
        difference.rewritten.append(_named(new))
    if any(getattr(old, name) != getattr(new, name) for name in _SETTINGS):
        difference.resettled.append(_named(new))


def _moved_lessons(old: Outline, new: Outline) -> set[str]:
    homes = {key: lesson.module_key for key, lesson in old.lessons.items()}
    moved = {
        key
        for key, lesson in new.lessons.items()
        if homes.get(key, lesson.module_key) != lesson.module_key
    }
    orders = {module.key: [lesson.key for lesson in module.lessons] for module in old.modules}
    for module in new.modules:
        stayed = [lesson.key for lesson in module.lessons if lesson.key not in moved]
        moved |= displaced(orders.get(module.key, []), stayed)
    return moved


def _named(lesson: LessonFace) -> Change:
    return Change(lesson.key, lesson.title)
