"""What comes from outside, put right before any route looks at it."""

import re
from collections.abc import Callable
from typing import IO, Any, NamedTuple, TypeVar

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import IntegerConverter

from app.core.errors import NotFound
from app.core.storage import TooLarge

V = TypeVar("V", bound=Callable[..., Any])
# What a multipart body holds besides the file.
_AROUND_FILE = 64 * 1024
_LONGEST_CHOICE = 40
# What pages send of themselves has no spaces.
_KEY = re.compile(r"[!-~]*")


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: what no database can count to is no address of ours."""

    regex = "[0-9]{1,18}"


def row_number(text: str) -> int:
    """Read the number of a row from a field; raises ValueError for what no database counts to."""
    if not re.fullmatch(RowNumber.regex, text, re.ASCII):
        raise ValueError("not the number of a row")
    return int(text)


class Fields(ImmutableMultiDict[str, Any]):
    """The fields of a form or query, as they were typed.

    Without U+0000, which no database stores and no page shows; with ends of lines that count as
    one character, as browsers count them while they send two.
    """

    def __init__(self, mapping: Any = None) -> None:
        """Take (name, value) pairs or another mapping."""
        pairs = iter_multi_items(mapping) if mapping else ()
        super().__init__([(name, _as_typed(value)) for name, value in pairs])


class PlainRequest(Request):
    """A request whose fields can be stored as they are."""

    parameter_storage_class = Fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Remember the files that are being received, since half of one is nobody's."""
        super().__init__(*args, **kwargs)
        self.received: list[IO[bytes]] = []

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        stream = super()._get_file_stream(*args, **kwargs)
        self.received.append(stream)
        return stream


class Typed(NamedTuple):
    """A field of a form that was not taken."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Tell whether it is somebody's own words, rather than a choice, a number or a key."""
        is_long = len(self.value) > _LONGEST_CHOICE and not _KEY.fullmatch(self.value)
        return is_long or "\n" in self.value


def close_received(_error: BaseException | None) -> None:
    """Let go of the request's files, whole or cut off."""
    for stream in getattr(request, "received", ()):
        stream.close()


def takes_files(most: Callable[[], int]) -> Callable[[V], V]:
    """Let the body of this route's requests hold a file of `most()` bytes, for who asks."""

    def decorate(view: V) -> V:
        view.largest_file = most  # type: ignore[attr-defined]
        return view

    return decorate


def init_app(app: Flask) -> None:
    """Read every request this way; routes that are added later know the converter."""
    app.url_map.converters["int"] = RowNumber
    app.request_class = PlainRequest
    # Before the token is looked for, since that reads the body.
    app.before_request(make_room)
    app.before_request(refuse_nul)
    app.teardown_request(close_received)


def make_room() -> None:
    """Take a larger body than usual where the route takes files; raises `TooLarge`."""
    view = current_app.view_functions.get(request.endpoint or "")
    largest = getattr(view, "largest_file", None)
    if largest is None:
        return
    most = largest()
    request.max_content_length = most + _AROUND_FILE
    if (request.content_length or 0) > request.max_content_length:
        raise TooLarge(most)


def refuse_nul() -> None:
    """Raise `NotFound` for an address that nothing can be stored at."""
    if "\0" in request.path:
        raise NotFound


def typed() -> list[Typed]:
    """Return what somebody typed, to be sent again; never a secret, and no file."""
    try:
        form = request.form
    except RequestEntityTooLarge:
        return []
    if any("password" in name for name in form):
        return []
    sent = form.items(multi=True)
    return [Typed(name, value) for name, value in sent if name != "csrf_token"]


def written() -> list[Typed]:
    """Return what somebody `typed` where words of their own are among it, else nothing."""
    sent = typed()
    return sent if any(one.is_text for one in sent) else []


def _as_typed(value: Any) -> Any:
    is_text = isinstance(value, str)
    return value.replace("\0", "").replace("\r\n", "\n") if is_text else value
