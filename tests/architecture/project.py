"""The project as the checks see it: its files, and the floors that its packages stand on."""

import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
DOMAINS = APP / "blueprints"
TEMPLATES = APP / "templates"
CORE = "core"
# Folders of templates and endpoints that belong to the ground floor.
OF_CORE = frozenset({CORE, "components", "errors", "layouts", "assets", "security", "static"})


def python_files(*folders: str) -> Iterator[Path]:
    """Every module under the named folders of the project."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def templates() -> Iterator[Path]:
    """Every template."""
    yield from sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def domains() -> list[str]:
    """The names of the domain packages that there are."""
    return sorted(path.name for path in DOMAINS.iterdir() if (path / "__init__.py").is_file())


def name(path: Path) -> str:
    """The path as it is written in messages."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


@cache
def tracked_files() -> list[Path]:
    """What is in the repository, or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


@cache
def floors() -> dict[str, int]:
    """On which floor each package stands, from the ground up, as the import contracts say."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rows = next(one["layers"] for one in settings["contracts"] if one["name"].startswith("Domains"))
    levels = dict.fromkeys(OF_CORE, 0)
    for level, row in enumerate(reversed(rows), 1):
        levels |= {part.strip(" ()"): level for part in row.split("|")}
    return levels


def may_use(user: str, used: str) -> bool:
    """Whether package `user` may name something of package `used`: its own, or a lower floor's."""
    return user == used or (user in OF_CORE and used in OF_CORE) or _is_lower(used, user)


def _is_lower(lower: str, upper: str) -> bool:
    return floors()[lower] < floors()[upper]
