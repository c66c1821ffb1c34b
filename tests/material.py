"""Where tests find real material that is not part of the project: `shared/data`, further up."""

import os
from pathlib import Path

import pytest


def material(name: str) -> Path:
    """Find the folder or file `name`; the test that asks is skipped, by name, where it is absent.

    `LECTERN_MATERIAL` names the folder; else it is a `shared/data` beside a folder above this one.
    """
    roots = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
    if "LECTERN_MATERIAL" in os.environ:
        roots.insert(0, Path(os.environ["LECTERN_MATERIAL"]))
    for root in roots:
        if (root / name).exists():
            return root / name
    pytest.skip(f"{name} is not on this machine")
