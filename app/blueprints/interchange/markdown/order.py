"""Which files of a folder are lessons, in which modules, and in which order."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.blueprints.interchange.errors import ImportProblem
from app.blueprints.interchange.markdown import files
from app.blueprints.interchange.markdown.files import Document, Unreadable
from app.core.i18n import lazy_gettext as _l

MAX_FILES = 500
INDEX = "index"
_HOMES = ("episodes", "lessons", "content", "docs")
_CONFIGS = ("config.yaml", "config.yml", "_config.yml")
_NOT_LESSONS = frozenset(
    {"readme", "license", "contributing", "code_of_conduct", "authors", "changelog", INDEX}
)
_SUFFIXES = (".md", ".markdown", ".rmd", ".qmd")


@dataclass(frozen=True, slots=True)
class Part:
    """A module to be: `name` is its folder, or what the lessons' front matter calls it."""

    name: str
    title: str
    documents: list[Document] = field(default_factory=list)


@dataclass(slots=True)
class Folder:
    """A folder of Markdown, looked through; what is wrong with it goes to `problems`."""

    root: Path
    problems: list[ImportProblem]
    settings: dict[str, Any] = field(default_factory=dict)
    index: Document | None = None
    config: str = ""

    def look(self) -> None:
        """Read what is said about the course as a whole."""
        self.config = next((name for name in _CONFIGS if (self.root / name).is_file()), "")
        if self.config:
            try:
                source = files.read_text(self.root, self.config)
                self.settings = files.parse_settings(source, self.config)
            except Unreadable as unreadable:
                self.problems.append(unreadable.problem)
        for name in ("index.md", "README.md"):
            if self.index is None and (self.root / name).is_file():
                self.index = self._document(name)

    def parts(self, title: str) -> list[Part]:
        """Return the modules with their lessons in order; `title` names one without a folder."""
        home = self._home()
        listed = files.lines(self.settings, "episodes") or files.lines(self.settings, "lessons")
        if listed:
            return _by_setting(self._listed(home, listed), title)
        top = self._documents(self._names(home, deep=False))
        folders = [self._part(folder) for folder in self._folders(home)]
        placed = sorted(folders, key=lambda placed: (placed[0], _natural(placed[1].name)))
        return [*_by_setting(top, title), *(part for _, part in placed if part.documents)]

    def _home(self) -> Path:
        """Find the folder of the lessons: the one itself, or one of the usual names in it."""
        if self._names(self.root, deep=False):
            return self.root
        places = (self.root / name for name in _HOMES)
        return next((place for place in places if place.is_dir()), self.root)

    def _listed(self, home: Path, names: list[str]) -> list[Document]:
        """Read the files that the settings list, in that order."""
        found = []
        for name in names:
            place = next(
                (place for place in (home / name, self.root / name) if files.is_there(place)), None
            )
            if place is None or not place.resolve().is_relative_to(self.root):
                message = _l("There is no lesson %(name)s in the folder.", name=name)
                self.problems.append(ImportProblem(message, self.config, self._line_of(name)))
            else:
                found.append(place.relative_to(self.root).as_posix())
        return self._read(found)

    def _line_of(self, name: str) -> int | None:
        lines = files.read_text(self.root, self.config).split("\n")
        return next((number for number, line in enumerate(lines, 1) if name in line), None)

    def _names(self, folder: Path, *, deep: bool) -> list[str]:
        """Return the paths of the lesson files in `folder`, in the order of their names."""
        every = folder.rglob("*") if deep else folder.iterdir()
        paths = [
            path.relative_to(self.root).as_posix()
            for path in every
            if path.suffix.lower() in _SUFFIXES
            and path.stem.lower() not in _NOT_LESSONS
            and path.is_file()
            and not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
        ]
        return sorted(paths, key=_natural)

    def _folders(self, home: Path) -> list[Path]:
        return [
            path
            for path in home.iterdir()
            if path.is_dir() and not path.name.startswith((".", "_")) and not path.is_symlink()
        ]

    def _part(self, folder: Path) -> tuple[float, Part]:
        """Read a folder as a module, with the place that its index gives it."""
        name = folder.relative_to(self.root).as_posix()
        index = f"{name}/{INDEX}.md"
        about = self._document(index) if (self.root / index).is_file() else None
        settings = about.settings if about else {}
        title = files.words(settings, "title") or spoken(folder.name)
        documents = self._documents(self._names(folder, deep=True))
        return _weight(settings), Part(name, title, documents)

    def _documents(self, names: list[str]) -> list[Document]:
        """Read files and put them in the order that their front matter gives."""
        found = self._read(names)
        return sorted(found, key=lambda document: _weight(document.settings))

    def _read(self, names: list[str]) -> list[Document]:
        if len(names) > MAX_FILES:
            message = _l("There are more than 500 lessons. Import a part of the folder.")
            self.problems.append(ImportProblem(message, "."))
            return []
        documents = (self._document(name) for name in names)
        return [document for document in documents if document is not None]

    def _document(self, name: str) -> Document | None:
        try:
            return files.read_document(self.root, name)
        except Unreadable as unreadable:
            self.problems.append(unreadable.problem)
            return None


def spoken(name: str) -> str:
    """Return the words in a file's or folder's name: `02-for_loops` is “For loops”."""
    words = re.sub(r"^[\d._-]+|[_-]+", " ", name).strip()
    return words[:1].upper() + words[1:] or name


def _by_setting(documents: list[Document], title: str) -> list[Part]:
    """Group documents by the module that their front matter names, in order of appearance."""
    parts: dict[str, Part] = {}
    for document in documents:
        name = files.words(document.settings, "module")
        parts.setdefault(name, Part(name, name or title)).documents.append(document)
    return list(parts.values())


def _weight(settings: dict[str, Any]) -> float:
    weight = files.number(settings, "weight", "order", "nav_order")
    return float("inf") if weight is None else weight


def _natural(path: str) -> list[tuple[int, str]]:
    """Sort `2-x` before `10-x`."""
    pieces = re.split(r"(\d+)", path.lower())
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces if piece]
