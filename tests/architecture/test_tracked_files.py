"""What is in the repository: no traces of one machine, no address of a package registry."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import project

# Written in pieces, so that the check does not find itself.
FOLDERS = "|".join(("wo" + "rk", "ro" + "ot", "fa" + "rm", "ho" + "me/[a-z]+"))
REGISTRIES = "|".join(("pyp" + r"i\.org", "python" + "hosted", "registry" + r"\.npmjs"))
TRACES = {
    re.compile(f"/({FOLDERS})/"): "a path of one machine",
    re.compile(REGISTRIES): "a package registry",
    re.compile("extra-" + "index-url|--find" + "-links"): "a place to install from",
}
LARGEST = 1_000_000


def traces_in(path: Path, text: str) -> Iterator[str]:
    """Each line that names a machine's folder or a registry."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, told in TRACES.items():
            if pattern.search(line):
                yield f"{project.name(path)}:{number}: {told}"


def unpinned(wanted: str, pinned: str) -> Iterator[str]:
    """Requirements of an .in file that its pinned list does not have."""
    names = {_plain(line.partition("==")[0]) for line in pinned.splitlines() if "==" in line}
    for line in wanted.splitlines():
        name = _plain(re.split(r"[\[<>=~;# ]", line, maxsplit=1)[0])
        if name and not line.startswith("-") and name not in names:
            yield f"{name} is not pinned; run make lock"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip().partition("[")[0]).lower()


def test_no_traces() -> None:
    found: list[str] = []
    for path in project.tracked_files():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found.extend(traces_in(path, data.decode(errors="replace")))
    assert found == []


def test_no_large_files() -> None:
    large = [project.name(one) for one in project.tracked_files() if one.stat().st_size > LARGEST]
    assert large == []


def test_every_requirement_is_pinned_with_its_hash() -> None:
    for name in ("requirements", "requirements-dev"):
        wanted = (project.ROOT / f"{name}.in").read_text()
        pinned = (project.ROOT / f"{name}.txt").read_text()
        assert list(unpinned(wanted, pinned)) == []
        assert pinned.count("==") <= pinned.count("--hash=")


def test_the_checks_find_planted_faults() -> None:
    path = project.ROOT / "planted.txt"
    assert list(traces_in(path, "see /" + "root/secret\n")) == [
        "planted.txt:1: a path of one machine"
    ]
    assert list(traces_in(path, "https://pyp" + "i.org/simple"))
    assert list(unpinned("flask~=3.1\nbleach[css]\n", "flask==3.1.3 \\\n")) == [
        "bleach is not pinned; run make lock"
    ]
