"""Mail that was written while developing, to be read; it went nowhere."""

from flask import Response, make_response

from app.blueprints.messaging.routes.blueprint import bp
from app.core import mail
from app.core.errors import NotFound
from app.core.guards import public
from app.core.htmx import render
from app.core.security import content_security_policy

# The mail as its reader's program draws it: with styles of its own, and nothing else.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


@bp.get("/dev/mail")
@public
def written_mails() -> Response:
    """List the mails that came last."""
    return render("messaging/dev/mails.html", mails=_folder().newest())


@bp.get("/dev/mail/<name>")
@public
def written_mail(name: str) -> Response:
    """Show one mail: its headers, its text, and its page in a frame."""
    response = render("messaging/dev/mail.html", mail=_find(name))
    response.headers["Content-Security-Policy"] = content_security_policy(frames=("'self'",))
    return response


@bp.get("/dev/mail/<name>/html")
@public
def written_mail_page(name: str) -> Response:
    """Give the page of one mail, which can do nothing."""
    response = make_response(_find(name).part("html"))
    response.headers["Content-Security-Policy"] = _MAIL_POLICY
    return response


def _folder() -> mail.FolderTransport:
    """Return the folder; raises `NotFound` where mail really leaves, or nobody develops."""
    folder = mail.transport()
    if not isinstance(folder, mail.FolderTransport):
        raise NotFound
    return folder


def _find(name: str) -> mail.KeptMail:
    found = _folder().find(name)
    if found is None:
        raise NotFound
    return found
