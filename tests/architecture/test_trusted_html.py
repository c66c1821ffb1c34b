"""Only a few modules may say that a string is HTML already."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import project

MAY_TRUST = {
    "app/core/assets.py": "script elements of the pinned third-party files",
    "app/core/covers.py": "generated pictures",
    "app/core/drawing.py": "icons, rings and sparklines",
    "app/core/formats.py": "time elements",
    "app/blueprints/courses/content/highlight.py": "code, escaped by Pygments",
    "app/blueprints/courses/content/render.py": "a lesson's blocks, cleaned before they are stored",
    "app/core/i18n.py": "texts of the interface, with what is put into them escaped",
    "app/core/partials.py": "what a template of ours has rendered",
    "app/blueprints/builder/queries/drawn.py": "texts of lessons, sanitised when written",
    "app/blueprints/learning/queries/player.py": "texts of lessons, sanitised when written",
}


def trusting(path: Path, text: str) -> Iterator[str]:
    """Uses of Markup in a module that is not on the list."""
    if project.name(path) in MAY_TRUST:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and any(one.name == "Markup" for one in node.names):
            yield f"{project.name(path)}:{node.lineno}: imports Markup"
        if isinstance(node, ast.Attribute) and node.attr == "Markup":
            yield f"{project.name(path)}:{node.lineno}: uses Markup"


def test_nobody_else_calls_a_string_html() -> None:
    found = [
        fault for path in project.python_files("app") for fault in trusting(path, path.read_text())
    ]
    assert found == []


def test_the_check_finds_planted_faults() -> None:
    path = project.APP / "planted.py"
    assert list(trusting(path, "from markupsafe import Markup, escape\n"))
    assert list(trusting(path, "import markupsafe\nx = markupsafe.Markup('<b>')\n"))
    assert not list(trusting(path, "from markupsafe import escape\n"))
