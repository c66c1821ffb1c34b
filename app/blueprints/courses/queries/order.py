"""Whether what is in order is numbered as it should be."""

from collections import defaultdict

from sqlalchemy import Select, select

from app.blueprints.courses.models import Lesson, Module
from app.core.db import db

Misplaced = tuple[str, int, list[int]]


def misplaced() -> list[Misplaced]:
    """Return each list whose positions are not 0, 1, 2…: its kind, its parent's id, and them."""
    modules = select(Module.version_id, Module.position).where(Module.removed_at.is_(None))
    lessons = select(Lesson.module_id, Lesson.position).where(Lesson.removed_at.is_(None))
    return [*_uneven("modules", modules), *_uneven("lessons", lessons)]


def _uneven(kind: str, statement: Select[int, int]) -> list[Misplaced]:
    lists: dict[int, list[int]] = defaultdict(list)
    for parent, position in db.session.execute(statement):
        lists[parent].append(position)
    ordered = ((parent, sorted(positions)) for parent, positions in lists.items())
    return [
        (kind, parent, positions)
        for parent, positions in ordered
        if positions != list(range(len(positions)))
    ]
