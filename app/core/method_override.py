"""PUT, PATCH and DELETE for plain HTML forms: `?_method=DELETE` on a form's action."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = frozenset({"PUT", "PATCH", "DELETE"})


class MethodOverride:
    """Lets a POST say which unsafe method it stands for; the address says it, never the body."""

    def __init__(self, wrapped: "WSGIApplication") -> None:
        """Stand before `wrapped`."""
        self.wrapped = wrapped

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Pass the request on, under the method that it asks for."""
        query = environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] == "POST" and "_method=" in query:
            asked = parse_qs(query).get("_method", [""])[-1].upper()
            if asked in METHODS:
                environ["REQUEST_METHOD"] = asked
        return self.wrapped(environ, start_response)


def init_app(app: Flask) -> None:
    """Attach to `app`."""
    app.wsgi_app = MethodOverride(app.wsgi_app)  # type: ignore[method-assign]
