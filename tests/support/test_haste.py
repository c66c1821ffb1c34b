"""The watch over write transactions sees what it is for."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image

from app.core.db import writing
from app.core.sanitise import clean_html


@pytest.mark.parametrize(
    "work", [lambda: clean_html("<p>Clay</p>"), lambda: Image.open(io.BytesIO())]
)
def test_what_is_slow_is_refused_inside_writing(app: Flask, work: Callable[[], object]) -> None:
    with pytest.raises(AssertionError, match="inside writing"), writing():
        work()
