"""Headers that hold whatever a page contains, and the check of where a write comes from."""

import structlog
from flask import Blueprint, Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from app.core.assets import THIRD_PARTY
from app.core.db.transactions import SAFE_METHODS
from app.core.embeds import FRAME_SOURCES
from app.core.errors import Forbidden
from app.core.guards import public
from app.core.i18n import lazy_gettext as _l

csrf = CSRFProtect()
bp = Blueprint("security", __name__)
_log = structlog.get_logger(__name__)
_LONGEST_REPORT = 4_000


def content_security_policy(files: str = "", frames: tuple[str, ...] = FRAME_SOURCES) -> str:
    """Return the one policy of every page.

    It is constant and names exact files: a nonce would change on a 304 and block the scripts of
    the very page that the browser kept. `files` is the origin of a storage that browsers send to
    and fetch from by themselves.
    """
    ours = f"'self' {files}".strip()
    scripts = " ".join(["'self'", *(file.cdn for file in THIRD_PARTY.values())])
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            f"img-src {ours} data:",
            f"media-src {ours}",
            "font-src 'self'",
            f"connect-src {ours}",
            f"form-action {ours}",
            "base-uri 'none'",
            "object-src 'none'",
            f"frame-src {' '.join(frames)}",
            "frame-ancestors 'none'",
            "manifest-src 'self'",
            "report-uri /csp-reports",
        )
    )


def init_app(app: Flask) -> None:
    """Protect every form and set the headers of every answer."""
    csrf.init_app(app)
    policy = content_security_policy(app.extensions["storage"].origin)
    tls = app.config["SETTINGS"].over_tls

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if tls:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response

    app.before_request(refuse_foreign_writes)
    app.register_blueprint(bp)


def refuse_foreign_writes() -> None:
    """Refuse a write that another site's page sent; raises `Forbidden`.

    A second line behind the token: browsers name the origin themselves.
    """
    if request.method in SAFE_METHODS or request.path == "/csp-reports":
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin.partition("://")[2] != request.host
    if site in ("cross-site", "same-site") or foreign:
        raise Forbidden(_l("This form came from another site, so it was not sent."))


@bp.post("/csp-reports")
@csrf.exempt  # type: ignore[untyped-decorator]
@public
def csp_report() -> tuple[str, int]:
    """Log what a browser refused to run."""
    _log.warning("csp_report", report=request.get_data(as_text=True)[:_LONGEST_REPORT])
    return "", 204
