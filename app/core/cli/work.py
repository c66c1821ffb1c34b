"""`flask worker` and `flask relay`: the processes that run what the outbox holds."""

import signal
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from redis import Redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer
from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

from app.core.events import QUEUES
from app.core.outbox.relay import Relay, drain
from app.core.outbox.runners import LocalRunner, RqRunner, Runner, queue_named
from app.core.redis import connect

# Left alone, RQ starts a killed worker's job again after 810 s; with these after about 70 s (the
# outbox sends it again after 30 s whatever RQ does).
WORKER_TTL_SECONDS = 25
MONITORING_SECONDS = 5
MAINTENANCE_SECONDS = 5


@click.command("worker")
@click.argument("queues", nargs=-1, type=click.Choice(QUEUES))
@click.option("--local", is_flag=True, help="Take work from the database; no Redis is needed.")
@click.option("--burst", is_flag=True, help="Stop when there is nothing left to do.")
@with_appcontext
def worker(queues: tuple[str, ...], local: bool, burst: bool) -> None:
    """Run jobs: those of all queues, or of the named ones only."""
    queues = queues or QUEUES
    if not local:
        return _work_for_rq(queues, burst)
    runner = LocalRunner(queues, within)
    if burst:
        drain(runner)
        return None
    return _run_relay(runner, "local")


@click.command("relay")
@with_appcontext
def relay() -> None:
    """Pass what is due from the database to the RQ workers."""
    _run_relay(RqRunner(_redis()), "relay")


def _run_relay(runner: Runner, kind: str) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    loop = Relay(app, runner, kind)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, loop.stop)
    loop.run()


class OutboxWorker(SimpleWorker):
    """RQ's worker without a fork for each job, which costs ten times what a short job does.

    A job that takes the process with it is sent again when its lease has passed, and given up
    after five times; the supervisor starts the worker again.
    """

    max_connection_wait_time = 5


def _work_for_rq(queues: tuple[str, ...], burst: bool) -> None:
    redis = _redis()
    rq_worker = OutboxWorker(
        [queue_named(name, redis) for name in queues],
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
    )
    rq_worker.work(burst=burst, logging_level="WARNING")


def within(seconds: int) -> Any:
    """Return a context that ends with an exception after `seconds`; in the main thread only."""
    return UnixSignalDeathPenalty(seconds, JobTimeoutException)  # type: ignore[no-untyped-call]


def _redis() -> Redis:
    url = current_app.config["SETTINGS"].redis_url
    if not url:
        raise click.UsageError("REDIS_URL is not set. Without Redis, run: flask worker --local")
    return connect(url)
