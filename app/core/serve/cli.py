"""The command `flask serve`."""

from dataclasses import replace
from importlib import import_module

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.core import mail
from app.core.db import db
from app.core.serve import private_redis, web
from app.core.serve.child import Child, Program, forked
from app.core.serve.prepare import prepare_database, run_command
from app.core.serve.supervisor import CannotStart, Supervisor


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True)
@with_appcontext
def serve(host: str, port: int) -> None:
    """Prepare the database, then run the web server and the workers until Ctrl-C."""
    address = web.Address(host, port)
    if not web.is_free(address):
        raise click.ClickException(
            f"Something else listens on {host}:{port}. "
            f"Choose another port, for example: PORT={port + 1} make run"
        )
    prepare_database()
    programs = _programs(address)
    db.engine.dispose()  # an open connection must not be shared with the copies of this process
    try:
        Supervisor([Child(one) for one in programs], click.echo).run(lambda: _welcome(address))
    except CannotStart as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("Stopped.")


def _programs(address: web.Address) -> list[Program]:
    """In the order in which they start; says what runs the jobs."""
    settings: Settings = current_app.config["SETTINGS"]
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    redis = None if settings.redis_url else private_redis.find(settings.instance / "redis")
    if redis:
        click.echo("Jobs run in RQ workers, through a Redis server of our own under instance/.")
        app = _remade(app, replace(settings, redis_url=redis.url))
    elif settings.redis_url:
        click.echo("Jobs run in RQ workers, through the Redis server that REDIS_URL names.")
    else:
        click.echo("There is no Redis here: one local worker process runs the jobs.")
    with_redis = bool(app.config["SETTINGS"].redis_url)
    first = [redis.program] if redis and redis.program else []
    return [*first, *_workers(app, with_redis=with_redis), _web(app, address, settings)]


def _workers(app: Flask, *, with_redis: bool) -> list[Program]:
    """Who runs what the outbox holds: the relay and an RQ worker, or one process for both."""
    if not with_redis:
        return [Program("worker", forked(lambda: _run(app, "worker", "--local")))]
    return [
        Program("relay", forked(lambda: _run(app, "relay"))),
        Program("worker", forked(lambda: _run(app, "worker"))),
    ]


def _web(app: Flask, address: web.Address, settings: Settings) -> Program:
    server = web.WebServer(app, address, settings.workers, settings.threads)
    return Program("web server", forked(server.run), lambda: web.answers(address))


def _run(app: Flask, name: str, *options: str) -> None:
    with app.app_context():
        app.cli.commands[name].main(list(options), standalone_mode=False)


def _remade(app: Flask, settings: Settings) -> Flask:
    """The same application with other settings, from the factory that made it."""
    made: Flask = import_module(app.import_name).create_app(settings)
    return made


def _welcome(address: web.Address) -> None:
    click.echo(f"\nLectern is running at {address.url}   (Ctrl-C stops it)\n")
    run_command("demo", "accounts")
    if isinstance(mail.transport(), mail.FolderTransport):
        click.echo(f"Mail goes nowhere; it can be read at {address.url}/dev/mail")


def init_app(app: Flask) -> None:
    """Add the command to `app`."""
    app.cli.add_command(serve)
