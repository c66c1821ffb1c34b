"""A course as it was read from a folder, with nothing of the database in it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.blueprints.interchange.markdown.images import Picture

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadImage:
    """An image that lessons show, by its `path` inside the folder; `file` has its bytes."""

    path: str
    file: Path
    alt: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class ReadLesson:
    """One lesson; the `asset` of its image blocks is the image's path until it is stored."""

    source: str
    key: str
    title: str
    own_minutes: int | None
    is_required: bool
    blocks: tuple[Block, ...]

    @property
    def fingerprint(self) -> str:
        """Return what tells this text from another, wherever it is stored."""
        return hashlib.sha256(json.dumps(self.blocks, sort_keys=True).encode()).hexdigest()

    def with_assets(self, public_id: Callable[[str], str]) -> tuple[Block, ...]:
        """Return the blocks with each image's path replaced by the id of its asset."""
        return _with_assets(self.blocks, public_id)


@dataclass(frozen=True, slots=True)
class ReadModule:
    """Lessons under one title; the key comes from the folder or the title."""

    key: str
    title: str
    lessons: tuple[ReadLesson, ...]


@dataclass(frozen=True, slots=True)
class ReadCourse:
    """Everything that was read."""

    title: str
    summary: str
    overview: str
    language: str
    difficulty: str
    subject: str
    objectives: tuple[str, ...]
    modules: tuple[ReadModule, ...]
    images: tuple[ReadImage, ...] = field(default=())

    @property
    def lessons(self) -> list[ReadLesson]:
        """Return all lessons in order."""
        return [lesson for module in self.modules for lesson in module.lessons]


def _with_assets(blocks: tuple[Block, ...], public_id: Callable[[str], str]) -> tuple[Block, ...]:
    return tuple(_with_asset(block, public_id) for block in blocks)


def _with_asset(block: Block, public_id: Callable[[str], str]) -> Block:
    if block["type"] == "image":
        return block | {"asset": public_id(block["asset"])}
    if block["type"] == "callout":
        return block | {"blocks": list(_with_assets(tuple(block["blocks"]), public_id))}
    return block
