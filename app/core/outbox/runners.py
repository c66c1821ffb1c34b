"""Who runs what is due: this process at once, or RQ workers through Redis."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from redis import Redis, RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from app.core.db import writing
from app.core.events import QUEUES
from app.core.outbox import services
from app.core.outbox.queries import Due
from app.core.outbox.run import run_entry

JOB = "app.core.outbox.run.run_job"
# How long a job may take, in seconds.
TIME_LIMITS = {"default": 60, "media": 600, "mail": 40, "maintenance": 600}
# More are not put into a Redis queue at once: the backlog waits in the database, where it can be
# seen and is not sent again and again.
MOST_QUEUED = 200
FAILURES_KEPT_SECONDS = 3600


class Runner(Protocol):
    """One way to have entries run."""

    def open_queues(self) -> list[str]:
        """Return the queues that take more now."""

    def send(self, entries: list[Due], is_stopping: Callable[[], bool]) -> int:
        """Have `entries` run, stopping between two when asked to; return how many were taken."""


class LocalRunner:
    """Runs entries here and now; `limited` bounds the time of each, where signals can be used."""

    def __init__(
        self,
        queues: tuple[str, ...] = QUEUES,
        limited: Callable[[int], AbstractContextManager[Any]] = nullcontext,
    ) -> None:
        """Run what is in `queues`."""
        self._queues = queues
        self._limited = limited

    def open_queues(self) -> list[str]:
        """Return its queues: it never has a backlog of its own."""
        return list(self._queues)

    def send(self, entries: list[Due], is_stopping: Callable[[], bool]) -> int:
        """Run the entries one after the other; their leases keep other workers off them."""
        done = 0
        for entry in entries:
            if is_stopping():
                break
            with self._limited(TIME_LIMITS[entry.queue]):
                done += run_entry(entry.id)
        return done


class RqRunner:
    """Puts entries into RQ's queues; a job carries the entry's id and nothing else."""

    def __init__(self, redis: Redis) -> None:
        """Send through `redis`."""
        self._redis = redis
        self._queues = {name: queue_named(name, redis) for name in QUEUES}

    def open_queues(self) -> list[str]:
        """Return the queues with room; raises RedisError when Redis is away."""
        pipeline = self._redis.pipeline(transaction=False)
        for queue in self._queues.values():
            pipeline.llen(queue.key)
        lengths = pipeline.execute()
        return [name for name, length in zip(QUEUES, lengths, strict=True) if length < MOST_QUEUED]

    def send(self, entries: list[Due], is_stopping: Callable[[], bool]) -> int:
        """Mark the entries as sent, then send them; what cannot be sent is due again at once."""
        with writing():
            ours = services.mark_sent(entry.id for entry in entries)
        try:
            for name, queue in self._queues.items():
                self._enqueue(queue, [e for e in entries if e.id in ours and e.queue == name])
        except RedisError:
            with writing():
                services.give_back(ours)
            raise
        return len(ours)

    def _enqueue(self, queue: Queue, entries: list[Due]) -> None:
        if entries:
            queue.enqueue_many([_job(queue, entry) for entry in entries])


def queue_named(name: str, redis: Redis) -> Queue:
    """Return RQ's queue of that name, with JSON: whoever writes to Redis must not run code here."""
    return Queue(name, connection=redis, serializer=JSONSerializer)


def _job(queue: Queue, entry: Due) -> Any:
    return queue.prepare_data(
        JOB,
        args=(entry.id,),
        timeout=TIME_LIMITS[entry.queue],
        result_ttl=0,
        failure_ttl=FAILURES_KEPT_SECONDS,
        description=f"{entry.handler} {entry.id}",
    )
