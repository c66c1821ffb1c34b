"""The limiter of this process, as if it had just been made.

It is one for all applications: it counts where the last one that was made has said, which may be a
Redis that is gone, and not at all where that one wanted no limits.
"""

from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from app.core.limits import limiter


def count_anew() -> None:
    """Count in memory from now on, beginning with nothing."""
    limiter.enabled = True
    limiter._storage = MemoryStorage()
    limiter._limiter = FixedWindowRateLimiter(limiter._storage)
    limiter._storage_dead = False
    limiter._fallback_storage.reset()
