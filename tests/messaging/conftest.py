"""An empty folder for the mail of each test."""

import shutil
from pathlib import Path

import pytest
from flask import Flask


@pytest.fixture(autouse=True)
def empty_folder(app: Flask) -> None:
    """The application is one for many tests, and so is its folder."""
    shutil.rmtree(Path(app.instance_path) / "mail", ignore_errors=True)
