"""Rate limits, all in one table.

Counters lie in Redis where there is one, else in each web process by itself, so that several
processes then let through as many times more. A write route that names no limit has `WRITE`.
"""

import math
import time
from datetime import timedelta

from flask import Flask, Response, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address

from app.core import clock
from app.core.db.transactions import SAFE_METHODS
from app.core.errors import TooMany
from app.core.formats import clock_time, time_span
from app.core.guards import current_actor
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import typed
from app.core.responses import on_domain_error

# Failed log-ins only. A whole class may sit behind one address, so an address gets more of them.
LOG_IN_ACCOUNT = "10 per 5 minutes"
LOG_IN_ADDRESS = "60 per 5 minutes"
LOG_IN_ALL = "1000 per 5 minutes"
SIGN_UP = "60 per hour"
# Per person, or per address where nobody is signed in.
CREATE = "10 per minute"
ENROL = "30 per minute"
# A folder of pictures dropped at once is no attack; what is stored is bounded by quotas.
UPLOAD = "30 per minute; 300 per hour"
SEARCH = "5 per second; 120 per minute"
SEARCH_ADDRESS = "50 per second; 1200 per minute"
# Apart from what builders write: their pages say by themselves that they are there.
PRESENCE = "60 per minute"
BUILDER_WRITE = "120 per minute"
BUILDER_WRITE_ADDRESS = "1200 per minute"
# Each open block saves a second after its author stops typing; a few tabs may do so at once.
AUTOSAVE = "300 per minute"
AUTOSAVE_ADDRESS = "3000 per minute"
WRITE = "120 per minute"


def who() -> str:
    """Return what a limit counts by: the person, or the address of a stranger."""
    actor = current_actor()
    return f"person:{actor.id}" if actor.is_authenticated else f"address:{request.remote_addr}"


def search_limit() -> str:
    """Return how often this person may search; a whole class may sit behind one address."""
    return SEARCH if current_actor().is_authenticated else SEARCH_ADDRESS


def is_read() -> bool:
    """Tell whether the request changes nothing, so that it is counted only where a route says."""
    return request.method in SAFE_METHODS


limiter = Limiter(key_func=who, default_limits=[WRITE], default_limits_exempt_when=is_read)
by_address = get_remote_address


def init_app(app: Flask) -> None:
    """Attach the limits to `app`."""
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, _refuse)


def _refuse(_error: RateLimitExceeded) -> Response:
    # Not in the limiter's own callback: whatever is raised there counts as a storage that is
    # away, and the limiter begins to count anew in memory.
    limit = limiter.current_limit
    seconds = math.ceil(limit.reset_at - time.time()) if limit else 60
    return on_domain_error(_refusal(max(1, seconds)))


def _refusal(seconds: int) -> TooMany:
    again = clock_time(clock.now() + timedelta(seconds=seconds))
    words = _l(
        "That was a lot at once. Try again in %(wait)s, at %(time)s.",
        wait=time_span(seconds),
        time=again,
    )
    return TooMany(words, retry_after=seconds, kept=typed())
