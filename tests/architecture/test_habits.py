"""Templates are written for htmx 4: `make habits` finds what version 2 taught."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import project

CHECK = project.ROOT / "node_modules/htmx.org/dist/scripts/upgrade-check.py"


def habits_in(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the check as `make habits` does."""
    command = [sys.executable, str(CHECK), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_templates_have_none() -> None:
    found = habits_in(project.TEMPLATES)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("habit", "told"),
    [
        ('<a hx-get="/x" hx-vars="a:1">x</a>', "hx-vars"),
        ('<a hx-get="/x" hx-disabled-elt="this">x</a>', "hx-disabled-elt"),
        ('<div hx-target="#a"><a hx-get="/x">x</a></div>', "inherit"),
    ],
)
def test_the_check_fails_on_habits_of_version_2(tmp_path: Path, habit: str, told: str) -> None:
    (tmp_path / "planted.html").write_text(habit)
    found = habits_in(tmp_path)
    assert found.returncode != 0
    assert told in found.stdout


def test_make_runs_this_check() -> None:
    recipe = (project.ROOT / "Makefile").read_text().partition("\nhabits:")[2].partition("\n\n")[0]
    assert str(CHECK.relative_to(project.ROOT)) in recipe
