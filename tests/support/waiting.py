"""Waiting for what another process does."""

import time
from collections.abc import Callable


def wait_until(is_so: Callable[[], object], seconds: float = 10, what: str = "") -> float:
    """Wait until it is so; return how long that took. Fails after `seconds`.

    It looks less often the longer it takes, since each look takes time from what is waited for.
    """
    began = time.monotonic()
    while not is_so():
        passed = time.monotonic() - began
        if passed > seconds:
            raise AssertionError(f"{what or 'it'} did not happen within {seconds} s")
        time.sleep(min(0.01 + passed / 10, 0.2))
    return time.monotonic() - began
