"""What comes from outside, put right before any route looks at it."""

from typing import Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items
from werkzeug.routing import IntegerConverter

from app.core.errors import NotFound


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: what no database can count to is no address of ours."""

    regex = "[0-9]{1,18}"


class Fields(ImmutableMultiDict[str, Any]):
    """The fields of a form or query, without U+0000: no database stores it, no page shows it."""

    def __init__(self, mapping: Any = None) -> None:
        """Take (name, value) pairs or another mapping."""
        pairs = iter_multi_items(mapping) if mapping else ()
        super().__init__([(name, _without_nul(value)) for name, value in pairs])


class PlainRequest(Request):
    """A request whose fields can be stored as they are."""

    parameter_storage_class = Fields


def init_app(app: Flask) -> None:
    """Read every request this way; routes that are added later know the converter."""
    app.url_map.converters["int"] = RowNumber
    app.request_class = PlainRequest
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """Raise `NotFound` for an address that nothing can be stored at."""
    if "\0" in request.path:
        raise NotFound


def _without_nul(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value
