"""Reads a folder of Markdown as a course: everything, or a list of all that is wrong with it."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.blueprints.courses.content import derived_key, parse_blocks
from app.blueprints.courses.content.parsing import MAX_BYTES
from app.blueprints.interchange.errors import ImportProblem, NotImportable
from app.blueprints.interchange.markdown import files
from app.blueprints.interchange.markdown.blocks import LessonText
from app.blueprints.interchange.markdown.course import Block, ReadCourse, ReadLesson, ReadModule
from app.blueprints.interchange.markdown.files import Document
from app.blueprints.interchange.markdown.order import Folder, Part, spoken
from app.blueprints.interchange.markdown.pictures import Pictures
from app.core.errors import Invalid, Text
from app.core.i18n import lazy_gettext as _l
from app.core.sanitise import plain_text

LONGEST_TITLE = 200
LONGEST_SUMMARY = 500
LONGEST_MINUTES = 24 * 60
MOST_OBJECTIVES = 12
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")
# What older courses keep in their front matter instead of in fences.
_BEFORE, _AFTER = ("objectives", "questions"), ("keypoints",)


def read_course(path: Path) -> ReadCourse:
    """Read the folder at `path`; raises `NotImportable` with every problem that was found."""
    if not path.is_dir():
        raise NotImportable([ImportProblem(_l("There is no such folder."), str(path))])
    reader = _Reader(path.resolve())
    course = reader.course()
    if not course.lessons and not reader.problems:
        reader.problems.append(ImportProblem(_l("There is no Markdown in this folder."), str(path)))
    if reader.problems:
        raise NotImportable(reader.problems)
    return course


class _Reader:
    """Reads one folder and gathers problems on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[ImportProblem] = []
        self.folder = Folder(root, self.problems)
        self.pictures = Pictures(root, self.problems)

    def course(self) -> ReadCourse:
        self.folder.look()
        index = self.folder.index
        about = (index.settings if index else {}) | self.folder.settings
        title = files.words(about, "title") or _first_heading(index) or spoken(self.root.name)
        modules = tuple(self._module(part) for part in self.folder.parts(title))
        lessons = [lesson for module in modules for lesson in module.lessons]
        overview = _opening_words(index)
        return ReadCourse(
            title=title[:LONGEST_TITLE],
            summary=_shortened(files.words(about, "summary", "description") or overview),
            overview=overview,
            language=_language(files.words(about, "lang", "language")),
            difficulty=files.words(about, "difficulty", "level").lower(),
            subject=files.words(about, "subject"),
            objectives=tuple(files.lines(about, "objectives") or _objectives(lessons)),
            modules=modules,
            images=tuple(self.pictures.found.values()),
        )

    def _module(self, part: Part) -> ReadModule:
        lessons = tuple(self._lesson(document) for document in part.documents)
        return ReadModule(derived_key("module", part.name), part.title[:LONGEST_TITLE], lessons)

    def _lesson(self, document: Document) -> ReadLesson:
        settings = document.settings
        stem = Path(document.path).stem
        title = files.words(settings, "title") or _first_heading(document) or spoken(stem)
        if len(title) > LONGEST_TITLE:
            self._problem(document, _l("The title is longer than 200 characters."))
        key = derived_key("lesson", document.path)
        blocks: list[Block] = []
        if len(document.text) > MAX_BYTES:
            self._problem(document, _l("This lesson is too long. Split it into two."))
        else:
            blocks = self._blocks(document, title, key)
        return ReadLesson(
            source=document.path,
            key=key,
            title=title,
            own_minutes=_minutes(settings) or None,
            is_required=bool(settings.get("required", not settings.get("optional"))),
            blocks=tuple(blocks),
        )

    def _blocks(self, document: Document, title: str, key: str) -> list[Block]:
        try:
            blocks = _keyed(self._text(document, title), key, Counter())
            self._check(document, blocks)
        except RecursionError:
            self._problem(document, _l("This lesson has too many fences inside each other."))
            return []
        return blocks

    def _text(self, document: Document, title: str = "") -> list[Block]:
        """Read a document's blocks, with those that its front matter has for it."""
        text = LessonText(
            document.path, self.pictures, self.problems, first_line=document.first_line
        )
        before, after = (_lists(document, kinds) for kinds in (_BEFORE, _AFTER))
        return [*before, *text.read(document.text, title=title), *after]

    def _check(self, document: Document, blocks: list[Block]) -> None:
        """Make sure that the blocks make a lesson, as saving them will; the images come later."""
        try:
            parse_blocks(json.loads(json.dumps(blocks), object_hook=_with_some_asset))
        except Invalid as error:
            self._problem(document, error.message)

    def _problem(self, document: Document, message: Text) -> None:
        self.problems.append(ImportProblem(message, document.path, 1))


def _keyed(blocks: Sequence[Block], lesson: str, seen: Counter[str]) -> list[Block]:
    """Give each block a key from what it says, so that unchanged blocks keep theirs."""
    keyed = []
    for block in blocks:
        content = json.dumps(block, sort_keys=True)
        seen[content] += 1
        key = derived_key("block", lesson, content, str(seen[content]))
        inside = {"blocks": _keyed(block["blocks"], lesson, seen)} if "blocks" in block else {}
        keyed.append(block | inside | {"key": key})
    return keyed


def _with_some_asset(block: Block) -> Block:
    return block | {"asset": "image"} if block.get("type") == "image" else block


def _lists(document: Document, kinds: tuple[str, ...]) -> list[Block]:
    """Make callouts of the lists in the front matter, whose items are Markdown."""
    callouts = []
    for kind in kinds:
        items = "\n".join(f"- {item}" for item in files.lines(document.settings, kind))
        blocks = LessonText(document.path, Pictures(Path(), []), []).read(items)
        if blocks:
            callouts.append({"type": "callout", "kind": kind, "title": "", "blocks": blocks})
    return callouts


def _minutes(settings: dict[str, Any]) -> int:
    """Return the minutes that the front matter gives, 0 for none."""
    own = files.number(settings, "minutes", "duration")
    both = [files.number(settings, name) or 0 for name in ("teaching", "exercises")]
    return max(0, min(round(own if own is not None else sum(both)), LONGEST_MINUTES))


def _first_heading(document: Document | None) -> str:
    found = re.search(r"^# +(.+?)[ #]*$", document.text, re.MULTILINE) if document else None
    return found[1].strip() if found else ""


def _opening_words(index: Document | None) -> str:
    """Return the first text of a folder's index as plain paragraphs."""
    if index is None:
        return ""
    blocks = LessonText(index.path, Pictures(Path(), []), []).read(index.text)
    first = next((block for block in blocks if block["type"] == "text"), None)
    return plain_text(first["html"]) if first else ""


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[: LONGEST_SUMMARY - 1].rpartition(" ")[0] + "…"


def _language(code: str) -> str:
    return code if _LANGUAGE.fullmatch(code) else "en"


def _objectives(lessons: list[ReadLesson]) -> list[str]:
    """Return the first objective of each lesson, for a course that lists none of its own."""
    found = []
    for lesson in lessons:
        callouts = [block for block in lesson.blocks if block.get("kind") == "objectives"]
        texts = [one["html"] for block in callouts for one in block["blocks"] if "html" in one]
        items = _ITEM.findall("".join(texts))
        found += [" ".join(plain_text(item).split()) for item in items[:1]]
    return found[:MOST_OBJECTIVES]
