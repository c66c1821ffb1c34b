"""Connections to Redis, with time-outs said aloud: left alone, a dead server holds a call for 4 s.

Redis is never the truth. Web requests use it for rate limits and for readiness only.
"""

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PROBE_SECONDS = 0.3
WORK_SECONDS = 5.0


def connect(url: str, *, seconds: float = WORK_SECONDS) -> Redis:
    """Return a client that gives up after `seconds` and never tries twice by itself."""
    return Redis.from_url(
        url,
        socket_connect_timeout=seconds,
        socket_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=15,
    )
