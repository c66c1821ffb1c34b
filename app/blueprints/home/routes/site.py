"""The small files that browsers and crawlers ask every site for."""

from flask import Response, send_from_directory

from app.blueprints.home.routes.blueprint import bp
from app.core.assets import STATIC
from app.core.guards import public

DAY_SECONDS = 24 * 3600
# What is behind the door, or the same under every address.
NOT_FOR_CRAWLERS = ("/admin", "/learning", "/login", "/review", "/settings", "/signup", "/teaching")


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """Tell crawlers what is worth reading."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    response = Response("\n".join(lines), mimetype="text/plain")
    response.cache_control.public = True
    response.cache_control.max_age = DAY_SECONDS
    return response


@bp.get("/favicon.svg")
@public
def favicon() -> Response:
    """Serve the icon under the name that does not change."""
    return send_from_directory(STATIC, "favicon.svg", max_age=DAY_SECONDS)


@bp.get("/favicon.ico")
@public
def old_favicon() -> Response:
    """Serve the same where browsers look by themselves."""
    return favicon()
