"""Where the browser's files are: ours under a build prefix, third parties' by CDN or at home."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, send_from_directory
from markupsafe import Markup
from whitenoise import WhiteNoise

from app.core.addresses import here, root
from app.core.guards import public
from app.core.static_files import lay_out

STATIC = Path(__file__).resolve().parent.parent / "static"
NODE_MODULES = STATIC.parent.parent / "node_modules"
YEAR = 365 * 24 * 3600
_CDN = "https://cdn.jsdelivr.net/npm/"

bp = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """A browser file of somebody else's, pinned and with its digest."""

    package: str
    version: str
    path: str
    digest: str

    @property
    def cdn(self) -> str:
        """Return its address on the CDN."""
        return f"{_CDN}{self.package}@{self.version}/{self.path}"

    @property
    def local(self) -> Path:
        """Return where npm puts it."""
        return NODE_MODULES / self.package / self.path


THIRD_PARTY = {
    "htmx": ThirdParty(
        "htmx.org",
        "4.0.1",
        "dist/htmx.min.js",
        "sha384-Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn",
    ),
    "sortable": ThirdParty(
        "sortablejs",
        "1.15.7",
        "Sortable.min.js",
        "sha384-DgmC6Xe2bSN2WjTDXzWYbUbxyhNP+NNkGDR/g78pCXV7E7rcVTGxVg0uIVCUUcBc",
    ),
    "squire": ThirdParty(
        "squire-rte",
        "2.4.8",
        "dist/squire.js",
        "sha384-UlBLBsKoC6KmVdZI9KzsLNluu9fQkCqiEklxwCn3hNNw+iORdcdxd/zcnOM2NMbE",
    ),
}


def init_app(app: Flask) -> None:
    """Serve the static files for a year under this build's prefix."""
    prefix = f"/static/{build()}/"
    app.jinja_env.globals.update(asset=asset, third_party=third_party, here=here)
    app.register_blueprint(bp)
    settings = app.config["SETTINGS"]
    at_home = THIRD_PARTY if settings.assets == "local" else {}
    if not all(file.local.is_file() for file in at_home.values()):
        raise RuntimeError("ASSETS=local needs the files that `npm ci` fetches")
    root = lay_out(
        STATIC,
        settings.instance / "static" / f"{build()}-{settings.assets}",
        {f"vendor/{name}.js": file.local for name, file in at_home.items()},
    )
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=root,
        prefix=prefix,
        max_age=YEAR,
        immutable_file_test=lambda _path, url: url.startswith(prefix),
    )


@cache
def build() -> str:
    """Return a short name of the state of all static files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(STATIC)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def asset(path: str) -> str:
    """Return the address of our static file `path` in this build."""
    return f"{root()}/static/{build()}/{path}"


def third_party(name: str) -> Markup:
    """Return the script element of a third party's file."""
    file = THIRD_PARTY[name]
    if current_app.config["SETTINGS"].assets == "local":
        return Markup('<script src="{}" defer></script>').format(asset(f"vendor/{name}.js"))
    return Markup('<script src="{}" integrity="{}" crossorigin="anonymous" defer></script>').format(
        file.cdn, file.digest
    )


@bp.get("/static/<old_build>/<path:path>")
@public
def other_build(old_build: str, path: str) -> Response:
    """Serve today's file to a page of another build, for a minute."""
    response = send_from_directory(STATIC, path, max_age=60)
    response.headers["X-Build"] = build()
    return response
