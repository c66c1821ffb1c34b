"""Addresses that come from outside, which of them we send a browser to; and our own."""

from urllib.parse import urlsplit

from flask import Request, current_app, has_request_context, request


def site() -> str:
    """Return what our own addresses begin with outside of our pages, without a last slash.

    It goes before paths that do not begin with `root()`: a worker knows only what is set.
    """
    settings = current_app.config["SETTINGS"]
    asked = request.url_root if has_request_context() else f"http://127.0.0.1:{settings.port}"
    base: str = settings.base_url or asked
    return base.rstrip("/")


def root() -> str:
    """Return what every path of ours begins with: "/school" where it is mounted there, or ""."""
    if not has_request_context():
        return ""
    # Asked for a hundred times a page, and each look through `request` costs.
    asked: Request = request._get_current_object()  # type: ignore[attr-defined]
    return asked.script_root


def here() -> str:
    """Return the path of the page that is asked for, as a browser names it."""
    return f"{root()}{request.path}"


def local_path(asked: str | None, otherwise: str) -> str:
    r"""Return `asked` if it is a path on this site, else `otherwise`.

    Browsers read a backslash as a slash and drop tabs and line breaks, so that "/\host" and
    "/<tab>/host" lead away as surely as "//host" does.
    """
    if not asked or not asked.startswith("/") or asked.startswith("//"):
        return otherwise
    if "\\" in asked or any(not character.isprintable() for character in asked):
        return otherwise
    try:
        parts = urlsplit(asked)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else asked
