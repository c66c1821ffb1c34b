"""Where the browser's files are: ours under a build prefix, third parties' by CDN or at home."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, send_from_directory
from markupsafe import Markup
from whitenoise import WhiteNoise

from app.core.guards import public
from app.core.stylesheet import write_joined

STATIC = Path(__file__).resolve().parent.parent / "static"
NODE_MODULES = STATIC.parent.parent / "node_modules"
YEAR = 365 * 24 * 3600
# Joined from their imports when the application starts.
SHEETS = ("css/app.css", "css/builder.css")
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
}


def init_app(app: Flask) -> None:
    """Serve the static files for a year under this build's prefix."""
    prefix = f"/static/{build()}/"
    app.jinja_env.globals.update(asset=asset, third_party=third_party)
    app.register_blueprint(bp)
    files = WhiteNoise(
        app.wsgi_app,
        root=static_root(app),
        prefix=prefix,
        max_age=YEAR,
        immutable_file_test=lambda _path, url: url.startswith(prefix),
    )
    settings = app.config["SETTINGS"]
    for sheet in SHEETS:
        path = write_joined(STATIC / sheet, settings.instance / "css" / build())
        files.add_file_to_dictionary(f"{prefix}{sheet}", str(path))
    if settings.assets == "local":
        for name, file in THIRD_PARTY.items():
            files.add_file_to_dictionary(f"{prefix}vendor/{name}.js", str(file.local))
    app.wsgi_app = files  # type: ignore[method-assign]


def static_root(app: Flask) -> Path:
    """Return the prepared, compressed copy of this build where there is one, else the source."""
    prepared: Path = app.config["SETTINGS"].instance / "static" / build()
    return prepared if prepared.is_dir() else STATIC


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
    return f"/static/{build()}/{path}"


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
