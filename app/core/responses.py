"""How refusals and failures are answered: as a page, as a fragment or as JSON, as asked."""

import errno
from collections.abc import Sequence

import structlog
from flask import Flask, Response, g, jsonify, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.core import htmx
from app.core.addresses import root
from app.core.db import db
from app.core.db.dialects import is_twice
from app.core.db.transactions import SAFE_METHODS
from app.core.errors import (
    Busy,
    Conflict,
    DomainError,
    Invalid,
    NoSpace,
    SignInNeeded,
    Text,
    TooMany,
)
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import Typed, written

RETRY_SECONDS = 2
_log = structlog.get_logger(__name__)

_HTTP_WORDS: dict[int, Text] = {
    400: _l("The request could not be read."),
    404: _l("There is nothing here."),
    405: _l("This address does not take that."),
    413: _l("That is too large to send."),
    429: TooMany.default,
}
_DONE_TWICE = _l(
    "The same was done twice at one moment, and kept once. Load the page again to see it; then "
    "try again if yours is not there."
)


def init_app(app: Flask) -> None:
    """Answer every error in words."""
    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(DBAPIError, on_database_error)
    app.register_error_handler(PoolTimeout, on_database_error)
    app.register_error_handler(OSError, on_system_error)
    app.register_error_handler(Exception, on_failure)


def on_domain_error(error: DomainError) -> Response:
    """Answer a refusal with its own words; a page that needs log-in leads there and back."""
    if isinstance(error, SignInNeeded) and request.method in SAFE_METHODS and not wants_json():
        return htmx.redirect(
            url_for("accounts.log_in", next=f"{root()}{request.full_path}".rstrip("?"))
        )
    fields = getattr(error, "fields", None)
    response = answer(error.status, error.message, fields=fields, kept=_kept(error))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Busy):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _kept(error: DomainError) -> Sequence[Typed]:
    """Return what was typed where it could be sent again, and is worth keeping."""
    if isinstance(error, TooMany):
        return error.kept
    return written() if isinstance(error, Conflict | Invalid) else ()


def on_csrf_error(_error: CSRFError) -> Response:
    """Answer a form whose token is missing or of another session."""
    return answer(
        400,
        _l(
            "Your session has changed since this page was opened. "
            "Load the page again, then send it once more."
        ),
    )


def on_http_error(error: HTTPException) -> Response:
    """Answer what Flask and Werkzeug refuse."""
    status = error.code or 500
    response = answer(status, _HTTP_WORDS.get(status, _l("That could not be done.")))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def on_database_error(error: Exception) -> Response:
    """Answer a database that is locked or away with 503, anything else of it with 500.

    Services look before they write. Where two looked at the same moment, the unique constraint
    lets one through, and the other is told so with 409.
    """
    db.session.rollback()
    if isinstance(error, IntegrityError) and is_twice(error):
        # Its first line names the constraint; the next would tell what was typed.
        _log.warning("done_twice", error=str(error.orig).partition("\n")[0], path=request.path)
        return on_domain_error(Conflict(_DONE_TWICE))
    if not isinstance(error, OperationalError | PoolTimeout):
        return on_failure(error)
    _log.warning("database_unavailable", error=str(error.__cause__ or error))
    return on_domain_error(Busy())


def on_system_error(error: OSError) -> Response:
    """Answer a full disk with 507, anything else of the system with 500."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return on_failure(error)
    _log.error("disk_full", path=request.path)
    db.session.rollback()
    return on_domain_error(NoSpace())


def on_failure(error: Exception) -> Response:
    """Answer a fault of ours without telling of it, and log it whole."""
    _log.error("unhandled", exc_info=error, path=request.path)
    db.session.rollback()
    return answer(500, _l("Something went wrong on our side. It has been noted."))


def wants_json() -> bool:
    """Tell whether the caller prefers JSON to a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return request.path.startswith("/api/") or best == "application/json"


def answer(
    status: int,
    message: Text,
    *,
    fields: dict[str, Text] | None = None,
    kept: Sequence[Typed] = (),
) -> Response:
    """Return `message` with `status` in the form that the caller understands.

    A page shows what was `kept` of a form, and sends it again.
    """
    if wants_json():
        body = {"error": str(message), "fields": {k: str(v) for k, v in (fields or {}).items()}}
        response = jsonify(body)
        response.status_code = status
        return response
    return htmx.render(
        "errors/error.html",
        "errors/_error.html",
        status=status,
        code=status,
        message=message,
        fields=fields or {},
        kept=() if htmx.is_fragment() else kept,
        request_id=g.get("request_id", ""),
    )
