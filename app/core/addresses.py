"""Addresses that come from outside, which of them we send a browser to; and our own."""

from urllib.parse import urlsplit

from flask import current_app, has_request_context, request


def site() -> str:
    """Return what our own addresses begin with outside of our pages, without a last slash."""
    settings = current_app.config["SETTINGS"]
    here = request.host_url if has_request_context() else f"http://127.0.0.1:{settings.port}"
    base: str = settings.base_url or here
    return base.rstrip("/")


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
