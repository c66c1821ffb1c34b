"""Structured logs, each line with the id of its request."""

import logging
import re
import secrets
import sys
import time

import structlog
from flask import Flask, Response, g, request

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = structlog.get_logger("lectern.request")


def init_app(app: Flask) -> None:
    """Log one line a request and give each an id."""
    _configure(json=app.config["SETTINGS"].is_production)
    app.before_request(_begin)
    app.after_request(_end)


def _configure(*, json: bool) -> None:
    last = structlog.processors.JSONRenderer() if json else _console()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info
            if json
            else structlog.processors.StackInfoRenderer(),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def _console() -> structlog.dev.ConsoleRenderer:
    # Plain tracebacks: the decorated ones print every local variable, passwords included.
    return structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _ID.fullmatch(given) else secrets.token_hex(8)
    g.request_began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    taken = round((time.perf_counter() - g.request_began) * 1000, 1)
    level = logging.ERROR if response.status_code >= 500 else logging.DEBUG
    _log.log(
        level,
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=taken,
    )
    return response
