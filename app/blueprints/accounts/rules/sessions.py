"""How long a log-in lasts, and what its browser is called in a list."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A session ends after `idle` without a request, and after `absolute` whatever happens."""

    idle: timedelta
    absolute: timedelta


LEARNER = Lifetime(idle=timedelta(days=30), absolute=timedelta(days=365))
STAFF = Lifetime(idle=timedelta(hours=2), absolute=timedelta(hours=12))
TOUCH_EVERY = timedelta(minutes=5)

_SYSTEMS = {
    "iphone": "iPhone",
    "ipad": "iPad",
    "android": "Android",
    "cros": "ChromeOS",
    "windows": "Windows",
    "mac os": "macOS",
    "linux": "Linux",
}
# In this order, since most browsers also name the ones that they descend from.
_BROWSERS = {
    "edg": "Edge",
    "opr/": "Opera",
    "firefox": "Firefox",
    "fxios": "Firefox",
    "chrome": "Chrome",
    "crios": "Chrome",
    "safari": "Safari",
}


def lifetime_of(*, is_staff: bool) -> Lifetime:
    """Return how long the log-in of such a person lasts."""
    return STAFF if is_staff else LEARNER


def is_alive(created_at: datetime, last_seen_at: datetime, now: datetime, life: Lifetime) -> bool:
    """Tell whether a session that was begun and last seen then still holds at `now`."""
    return now - created_at < life.absolute and now - last_seen_at < life.idle


def should_touch(last_seen_at: datetime, now: datetime) -> bool:
    """Tell whether it is time to note that the session is in use."""
    return now - last_seen_at >= TOUCH_EVERY


def device(user_agent: str) -> tuple[str, str]:
    """Return browser and system, as far as the browser tells; either may be empty."""
    lowered = user_agent.lower()
    return _first(_BROWSERS, lowered), _first(_SYSTEMS, lowered)


def _first(table: dict[str, str], text: str) -> str:
    return next((name for sign, name in table.items() if sign in text), "")
