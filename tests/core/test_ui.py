"""What every page may use."""

from flask import Flask, flash, get_flashed_messages

from app.core.ui import MOST_NOTICES


def test_of_notices_that_nobody_has_looked_at_the_latest_are_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        for number in range(MOST_NOTICES + 20):
            flash(f"Notice {number}")
        told = get_flashed_messages()
    assert told == [f"Notice {number}" for number in range(20, MOST_NOTICES + 20)]
