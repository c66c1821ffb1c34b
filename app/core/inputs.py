"""What comes from outside, put right before any route looks at it."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: what no database can count to is no address of ours."""

    regex = "[0-9]{1,18}"


def init_app(app: Flask) -> None:
    """Read every request this way; routes that are added later know the converter."""
    app.url_map.converters["int"] = RowNumber
