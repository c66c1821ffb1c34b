"""Waiting for what another process does."""

import time
from collections.abc import Callable


def wait_until(is_so: Callable[[], object], seconds: float = 10, what: str = "") -> float:
    """Wait until it is so; return how long that took. Fails after `seconds`."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{what or 'it'} did not happen within {seconds} s")
        time.sleep(0.01)
    return time.monotonic() - began
