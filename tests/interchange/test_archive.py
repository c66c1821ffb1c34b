"""Archives are hostile: refused fast, with little memory, and nothing is left outside."""

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.blueprints.interchange.errors import NotImportable
from app.blueprints.interchange.markdown import archive, read_course
from app.blueprints.interchange.markdown.archive import unpack
from tests.interchange.archives import GOOD, HOSTILE, zipped

SECONDS = 5.0
MEGABYTES = 200


def read_from(content: bytes, folder: Path) -> None:
    """Unpack an archive and read the course in it."""
    root, _left_out = unpack(io.BytesIO(content), folder)
    read_course(root)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_archives_are_refused(tmp_path: Path, kind: str) -> None:
    content, inside = HOSTILE[kind](), tmp_path / "deep" / "inside"
    inside.mkdir(parents=True)
    began = time.process_time()
    with pytest.raises(NotImportable):
        read_from(content, inside)
    assert time.process_time() - began < SECONDS
    assert {path for path in tmp_path.rglob("*") if path.is_file()} <= set(inside.rglob("*"))


MEASURE = """
import resource, sys
from pathlib import Path
from tests.interchange.archives import HOSTILE
from tests.interchange.test_archive import read_from
from app.blueprints.interchange.errors import NotImportable

path = Path(sys.argv[1]) / "hostile.zip"
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_from(path.read_bytes(), Path(sys.argv[1]))
except NotImportable:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["1000:1", "over 200 MB", "100k entries", "lying size", "yaml bomb"]
)
def test_hostile_archives_take_little_memory(tmp_path: Path, kind: str) -> None:
    (tmp_path / "hostile.zip").write_bytes(HOSTILE[kind]())
    command = [sys.executable, "-c", MEASURE, str(tmp_path)]
    measured = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert int(measured.stdout) < MEGABYTES


def test_without_the_check_of_names_a_file_lands_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.setattr(archive, "_problem_of", lambda _one: None)
    outside = str(tmp_path / "outside.md")
    unpack(io.BytesIO(zipped({outside: "x", "a.md": "y"})), inside)
    assert (tmp_path / "outside.md").exists()


def test_a_good_archive_is_read_from_its_only_folder(tmp_path: Path) -> None:
    files = {**GOOD, "course/notes.txt": "no", "__MACOSX/course/._x.md": "no", ".git/config": ""}
    root, left_out = unpack(io.BytesIO(zipped(files)), tmp_path)
    assert root == tmp_path / "course"
    assert left_out == ["course/notes.txt"]
    read = read_course(root)
    assert read.title == "Bread"
    assert [lesson.title for lesson in read.lessons] == ["Flour", "Water"]
