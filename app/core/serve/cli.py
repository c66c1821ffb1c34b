"""The command `flask serve`."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.core.serve import programs
from app.core.serve.child import Child, Program
from app.core.serve.prepare import prepare_database, run_command
from app.core.serve.supervisor import CannotStart, Supervisor


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True)
@with_appcontext
def serve(host: str, port: int) -> None:
    """Prepare the database, then run the web server and the workers until Ctrl-C."""
    address = programs.Address(host, port)
    if not programs.is_free(address):
        raise click.ClickException(
            f"Something else listens on {host}:{port}. "
            f"Choose another port, for example: PORT={port + 1} make run"
        )
    prepare_database()
    folder = Path(current_app.root_path).parent
    children = [Child(program, folder) for program in _programs(address)]
    try:
        Supervisor(children, click.echo).run(lambda: _welcome(address))
    except CannotStart as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("Stopped.")


def _programs(address: programs.Address) -> list[Program]:
    """In the order in which they start; says what runs the jobs."""
    settings: Settings = current_app.config["SETTINGS"]
    first: list[Program] = []
    url = settings.redis_url
    if url:
        click.echo("Jobs run in RQ workers, through the Redis server that REDIS_URL names.")
    elif redis := programs.private_redis(settings.instance / "redis"):
        url = redis.url
        first = [redis.program] if redis.program else []
        click.echo("Jobs run in RQ workers, through a Redis server of our own under instance/.")
    else:
        click.echo("There is no Redis here: one local worker process runs the jobs.")
    env = {"REDIS_URL": url} if url else {}
    web = programs.web(address, settings.workers, settings.threads, env)
    return [*first, *programs.workers(env, with_redis=bool(url)), web]


def _welcome(address: programs.Address) -> None:
    click.echo(f"\nLectern is running at {address.url}   (Ctrl-C stops it)\n")
    run_command("demo", "accounts")


def init_app(app: Flask) -> None:
    """Add the command to `app`."""
    app.cli.add_command(serve)
