"""Rooms: only those that architecture names, each small, each saying what belongs in it."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture import project

ROOMS = {
    *("errors", "models", "rules", "events", "queries", "policies", "services", "forms", "jobs"),
    *("subscribers", "guards", "panels", "routes", "api", "cli"),
}
# Rooms that one domain has besides, and what for.
OWN_ROOMS = {
    "courses": {
        "content",  # the typed blocks of a lesson
        "search",  # full text on both databases
    },
    "home": {
        "specimens",  # what the style page shows
        "styleguide",  # the style page, in development only
    },
    "interchange": {
        "markdown",  # reading folders of Markdown, before anything is written
        "demo",  # the courses of the demonstration school, as such folders
        "roster",  # reading lists of people, before anything is written
        "gallery",  # the templates that come with Lectern, as such folders
    },
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 100


def unknown_rooms(domain: str, names: Iterable[str]) -> Iterator[str]:
    """Files and folders of a domain that are none of its rooms."""
    for name in sorted(set(names) - ROOMS - OWN_ROOMS.get(domain, set())):
        yield f"{domain}/{name}: not a room of a domain"


def long_files(path: Path, text: str, most: int = LONGEST_FILE) -> Iterator[str]:
    """Files that have outgrown what one reads at once."""
    lines = text.count("\n")
    if lines > most:
        yield f"{project.name(path)}: {lines} lines, at most {most}"


def long_functions(path: Path, text: str) -> Iterator[str]:
    """Functions that do too much."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{project.name(path)}: {node.name} has {lines} lines"


def silent_modules(path: Path, text: str) -> Iterator[str]:
    """Modules that do not say what belongs in them."""
    if not ast.get_docstring(ast.parse(text)):
        yield f"{project.name(path)}: no docstring"


def test_domains_have_known_rooms_only() -> None:
    for domain in project.domains():
        inside = (project.DOMAINS / domain).iterdir()
        names = {path.stem for path in inside if not path.name.startswith("__")}
        assert list(unknown_rooms(domain, names)) == []


def test_every_domain_stands_on_a_floor() -> None:
    assert set(project.domains()) <= set(project.floors())


def test_files_and_functions_are_small_and_explained() -> None:
    found: list[str] = []
    for path in project.python_files("app", "tests"):
        found.extend(long_files(path, path.read_text()))
        found.extend(silent_modules(path, path.read_text()))
    for path in project.python_files("app"):
        found.extend(long_functions(path, path.read_text()))
    assert found == []


def test_templates_are_small() -> None:
    found = [
        fault
        for path in project.templates()
        for fault in long_files(path, path.read_text(), LONGEST_TEMPLATE)
    ]
    assert found == []


def test_the_checks_find_planted_faults() -> None:
    path = Path("planted.py")
    assert list(unknown_rooms("courses", ["models", "utils"])) == [
        "courses/utils: not a room of a domain"
    ]
    assert list(unknown_rooms("learning", ["content"]))
    assert list(long_files(path, "x = 1\n" * 301)) == ["planted.py: 301 lines, at most 300"]
    assert list(long_functions(path, "def f():\n" + "    x = 1\n" * 40))
    assert list(silent_modules(path, "x = 1\n"))
