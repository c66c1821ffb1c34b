"""Text files of an imported folder: read within bounds, with their front matter taken off."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.blueprints.interchange.errors import ImportProblem
from app.blueprints.interchange.markdown.settings import load
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

MAX_BYTES = 5_000_000
"""Of one text file."""
MAX_SETTINGS = 100_000
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: its settings, its text, and how many lines come before that."""

    path: str
    settings: dict[str, Any]
    text: str
    first_line: int


class Unreadable(Exception):
    """The file cannot be used, for this problem."""

    def __init__(self, message: Text, file: str, line: int | None = None) -> None:
        super().__init__(file)
        self.problem = ImportProblem(message, file, line)


def read_document(root: Path, path: str) -> Document:
    """Read the Markdown file `path` under `root`; raises `Unreadable`."""
    text = read_text(root, path)
    if not text.startswith("---"):
        return Document(path, {}, text, 0)
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise Unreadable(_l("The front matter is never closed by a line ---."), path, 1)
    settings = parse_settings(found[1], path, first_line=1)
    return Document(path, settings, text[found.end() :], found[0].count("\n"))


def is_there(place: Path) -> bool:
    """Tell whether there is a file of this name, which somebody else made up."""
    try:
        return place.is_file()
    except OSError:  # a name that no file can have
        return False


def read_text(root: Path, path: str) -> str:
    """Read the text file `path` under `root`, with plain line ends; raises `Unreadable`."""
    file = root / path
    if not file.resolve().is_relative_to(root):
        raise Unreadable(_l("This is a link to something outside the folder."), path)
    if file.stat().st_size > MAX_BYTES:
        raise Unreadable(_l("This file is larger than 5 MB."), path)
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(_l("This is not text in UTF-8."), path, line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def parse_settings(source: str, path: str, *, first_line: int = 0) -> dict[str, Any]:
    """Read YAML that has to be names with values; raises `Unreadable` with the line."""
    if len(source) > MAX_SETTINGS:
        raise Unreadable(_l("The settings are longer than 100 kB."), path, first_line + 1)
    try:
        settings = load(source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0) + 1
        message = _l("The settings cannot be read: %(reason)s.", reason=error.problem or "YAML")
        raise Unreadable(message, path, line) from error
    except yaml.YAMLError as error:
        before = source[: getattr(error, "position", 0)]
        line = first_line + before.count("\n") + 1
        raise Unreadable(_l("The settings cannot be read."), path, line) from error
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        raise Unreadable(_l("The settings are not names with values."), path, first_line + 1)
    return {str(name).lower(): value for name, value in settings.items()}


def words(settings: dict[str, Any], *names: str) -> str:
    """Return the first of these settings that says something, as one line."""
    values = (settings.get(name) for name in names)
    found = (value for value in values if isinstance(value, str | int | float) and value != "")
    return " ".join(str(next(found, "")).split())


def number(settings: dict[str, Any], *names: str) -> float | None:
    """Return the first of these settings that is a number."""
    values = (settings.get(name) for name in names)
    numbers = (one for one in values if isinstance(one, int | float) and not isinstance(one, bool))
    return next(iter(numbers), None)


def lines(settings: dict[str, Any], name: str) -> list[str]:
    """Return the list under this setting, as lines of words."""
    value = settings.get(name)
    values = value if isinstance(value, list) else [value]
    # Words and numbers only: a list of lists of lists, each named again, would be endless as text.
    plain = [one for one in values if isinstance(one, str | int | float) and one != ""]
    return [" ".join(str(one).split()) for one in plain]
