"""The import contracts of pyproject.toml can fail: each finds a fault that is planted for it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import project

# By the words that a contract's name begins with: a module, and what it may not import.
PLANTED = {
    "Domains": ("accounts/rules/people.py", "app.blueprints.courses.models"),
    "Core knows": ("../core/actor.py", "app.blueprints"),
    "Rooms": ("accounts/models.py", "app.blueprints.accounts.services"),
    "Forms": ("enrollments/forms.py", "app.blueprints.enrollments.queries"),
    "Nothing imports": ("home/queries.py", "app"),
    "Business": ("learning/rules.py", "flask"),
}


def plant(domains: Path, file: str, imported: str) -> None:
    """Let a module of the copied project import what it may not."""
    with (domains / file).open("a") as module:
        module.write(f"\nimport {imported}\n")


@pytest.mark.slow
def test_each_contract_finds_its_planted_fault(tmp_path: Path) -> None:
    only_code = shutil.ignore_patterns("__pycache__", "templates", "static", "demo")
    shutil.copytree(project.APP, tmp_path / "app", ignore=only_code)
    shutil.copy(project.ROOT / "pyproject.toml", tmp_path)
    for file, imported in PLANTED.values():
        plant(tmp_path / "app" / "blueprints", file, imported)
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1
    told = [line.strip() for line in checked.stdout.splitlines() if " BROKEN" in line]
    assert [name for name in PLANTED if any(line.startswith(name) for line in told)] == [*PLANTED]
