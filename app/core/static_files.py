"""This build's static files, laid out once: sheets joined, each text beside its compressed twin."""

import gzip
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.core.stylesheet import joined

# Joined from their imports.
SHEETS = ("css/app.css", "css/builder.css", "css/teaching.css")
_TEXTS = frozenset({".css", ".js", ".svg"})


def lay_out(source: Path, target: Path, third_party: Mapping[str, Path]) -> Path:
    """Copy `source` and the `third_party` files (by their path) to `target`, unless it is there.

    Several web processes start at once: each makes a whole folder, and one moves it into place.
    """
    if target.is_dir():
        return target
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(source, draft)
    for path, file in third_party.items():
        (draft / path).parent.mkdir(exist_ok=True)
        shutil.copyfile(file, draft / path)
    for sheet in SHEETS:
        (draft / sheet).write_text(joined(source / sheet), encoding="utf-8")
    for text in (path for path in draft.rglob("*") if path.suffix in _TEXTS):
        twin = text.with_name(f"{text.name}.gz")
        twin.write_bytes(gzip.compress(text.read_bytes(), 9, mtime=0))
    with suppress(OSError):
        draft.rename(target)
    shutil.rmtree(draft, ignore_errors=True)
    return target
