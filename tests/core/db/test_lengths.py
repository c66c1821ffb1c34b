"""A text that does not fit into its column is refused in words, before the database sees it."""

import pytest
from flask import Flask
from sqlalchemy import String

from app.blueprints.enrollments.models import Enrollment
from app.core.db import Base
from app.core.errors import TooLong

REASON = 1_000


def test_what_fits_is_kept_and_what_does_not_is_refused(app: Flask) -> None:
    enrollment = Enrollment(reason="x" * REASON)
    with pytest.raises(TooLong, match=r"under 1,000 characters"):
        enrollment.reason = "x" * (REASON + 1)
    assert len(enrollment.reason) == REASON


def test_every_short_text_of_every_table_is_bounded(app: Flask) -> None:
    for mapper in Base.registry.mappers:
        for column in mapper.columns:
            if type(column.type) is not String or column.type.length is None:
                continue
            name = mapper.get_property_by_column(column).key
            with pytest.raises(TooLong):
                setattr(mapper.class_(), name, "x" * (column.type.length + 1))
