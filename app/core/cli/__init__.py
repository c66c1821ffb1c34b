"""Commands of the ground floor: the worker, the relay, and what became of the jobs."""

from flask import Flask

from app.core.cli.jobs import jobs
from app.core.cli.work import relay, worker


def init_app(app: Flask) -> None:
    """Add the commands to `app`."""
    for command in (worker, relay, jobs):
        app.cli.add_command(command)
