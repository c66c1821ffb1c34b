"""How a browser's cookie becomes an actor, and how its session is noted as in use."""

from datetime import datetime

import structlog
from flask import Flask, Response, current_app, g, session
from flask_login import login_user, logout_user

from app.blueprints.accounts import queries, services
from app.blueprints.accounts.rules.sessions import should_touch
from app.core.actor import Actor
from app.core.db import writing_aside
from app.core.guards import login_manager
from app.core.tokens import hash_of

# Flask-Login's own tie to address and browser is off: sessions are rows that can be revoked, and
# a phone changes its address all day.
login_manager.session_protection = None

_log = structlog.get_logger(__name__)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_actor(token: str) -> Actor | None:
    """Return who holds the session of this token, or None once it has ended."""
    live = queries.find_live_session(token, hash_of(token))
    if live is None:
        return None
    if should_touch(live.last_seen_at, live.now):
        g.touch_session = (live.session_id, live.now)
    return live.actor


def let_in(token: str) -> None:
    """Make this browser hold the new session and nothing of an earlier one."""
    session.clear()
    session.permanent = True
    actor = load_actor(token)
    if actor is not None:
        login_user(actor)


def let_out() -> None:
    """Make this browser forget its session."""
    logout_user()
    session.clear()


def touch_later(response: Response) -> Response:
    """Note, once the response is out, that its session is in use; at most every five minutes."""
    touch: tuple[int, datetime] | None = g.pop("touch_session", None)
    if touch is not None:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        response.call_on_close(lambda: _touch(app, *touch))
    return response


def _touch(app: Flask, session_id: int, moment: datetime) -> None:
    try:
        with app.app_context(), writing_aside():
            services.touch_session(session_id, now=moment)
    except Exception as error:  # the person has their answer; the next request touches again
        _log.warning("touch_failed", error=str(error))
