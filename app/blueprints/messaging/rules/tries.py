"""When mail that was not taken is handed in again."""

from datetime import timedelta

# About a day in all; who looks after the place is told by then.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 420, 720))


def next_pause(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed attempts; None to give up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
