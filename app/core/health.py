"""Is it alive, and is it ready: for load balancers, supervisors and whoever is on call."""

from collections.abc import Callable
from functools import cache

import structlog
from alembic.migration import MigrationContext
from flask import Blueprint, Flask, Response, current_app, jsonify
from redis import Redis, RedisError
from rq import Worker
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core import redis
from app.core.db import db, migrations
from app.core.errors import Text
from app.core.guards import public
from app.core.i18n import gettext as _
from app.core.i18n import lazy_gettext as _l
from app.core.outbox import heartbeat

bp = Blueprint("health", __name__)
_log = structlog.get_logger(__name__)

Check = Callable[[], None]
_checks: dict[str, Check] = {}
_labels: dict[str, Text] = {}


class Unready(Exception):
    """A part is not as it must be; the text is shown to anyone, so it holds no secret."""


def check(name: str, label: Text) -> Callable[[Check], Check]:
    """Let readiness ask the decorated function, which raises `Unready` with a reason.

    Machines read `name`, and people `label`.
    """

    def decorate(function: Check) -> Check:
        _checks[name], _labels[name] = function, label
        return function

    return decorate


def checks() -> dict[str, str]:
    """Run every check, in the order of registration; return `ok` or the trouble for each."""
    return {name: _outcome(name, function) for name, function in _checks.items()}


def label_of(name: str) -> Text:
    """Return what people call the part that the check `name` looks at."""
    return _labels[name]


def _outcome(name: str, function: Check) -> str:
    try:
        function()
    except Unready as trouble:
        return str(trouble)
    except (SQLAlchemyError, RedisError, OSError) as error:
        _log.warning("unready", part=name, error=type(error).__name__)
        return _("No answer.")
    return "ok"


@check("database", _l("Database"))
def database_answers() -> None:
    """Ask the database for nothing."""
    db.session.execute(text("SELECT 1"))


@check("migrations", _l("Tables"))
def migrations_are_at_head() -> None:
    """Compare the database's revision with the newest that this code knows."""
    present = MigrationContext.configure(db.session.connection()).get_current_heads()
    if set(present) != migrations.heads():
        raise Unready(_l("The tables are of another version: run flask db upgrade."))


@check("worker", _l("Worker"))
def worker_is_seen() -> None:
    """Look for a sign of life of a worker or relay in the last half minute."""
    silence = heartbeat.silence()
    if silence is None or silence > heartbeat.FRESH:
        raise Unready(_l("No worker has been seen for half a minute."))


@check("redis", _l("Redis"))
def redis_answers() -> None:
    """Where there is a Redis, ping it and look for an RQ worker."""
    url = current_app.config["SETTINGS"].redis_url
    if not url:
        return
    client = _client(url)
    client.ping()
    if not Worker.all(connection=client):
        raise Unready(_l("No RQ worker is registered."))


@cache
def _client(url: str) -> Redis:
    return redis.connect(url, seconds=redis.PROBE_SECONDS)


@bp.get("/healthz")
@public
def alive() -> Response:
    """Answer that this process serves, and nothing about anything else."""
    return _fresh(jsonify(alive=True))


@bp.get("/readyz")
@public
def ready() -> Response:
    """Answer 200 if every part does its work and 503 if one does not, with each."""
    outcomes = checks()
    is_ready = all(outcome == "ok" for outcome in outcomes.values())
    response = jsonify(ready=is_ready, checks=outcomes)
    response.status_code = 200 if is_ready else 503
    return _fresh(response)


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Add the two addresses to `app`."""
    app.register_blueprint(bp)
