"""What is done again and again: a table of jobs, each asked for once in each of its periods."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import String, UniqueConstraint, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, db, writing
from app.core.events import Event, Handler, handler_named, new_event_id, register

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RUNS_KEPT = timedelta(days=90)
# Of jobs that run every minute, fewer days are kept.
MOST_RUNS_KEPT = 2_000


class PeriodicRun(Model):
    """That a job was asked for in the period that began then; however many schedulers there are."""

    __tablename__ = "periodic_runs"
    __table_args__ = (UniqueConstraint("name", "period"),)

    name: Mapped[str] = mapped_column(String(120))
    period: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class PeriodBegan(Event):
    """A job's next period began at `period`."""

    name: str
    period: datetime


Job = Callable[[], object]
_lengths: dict[str, timedelta] = {}


def every(*, hours: float, name: str, queue: str = "maintenance") -> Callable[[Job], Job]:
    """Run the decorated function once every so many hours, in the worker, inside `writing()`.

    Periods are counted from midnight UTC. It must be safe to run twice; what was missed while
    nothing ran is made good by one run.
    """

    def decorate(function: Job) -> Job:
        register(Handler(name, PeriodBegan, lambda _event: function(), queue))
        _lengths[name] = timedelta(hours=hours)
        return function

    return decorate


def begin_due() -> int:
    """Ask for every job whose present period was not asked for yet; return how many."""
    now, latest = clock.db_now(), _latest_periods()
    starts = {name: _start(now, length) for name, length in _lengths.items()}
    due = [(name, start) for name, start in starts.items() if latest.get(name, EPOCH) < start]
    return sum(_begin(name, start) for name, start in due)


def _latest_periods() -> dict[str, datetime]:
    statement = select(PeriodicRun.name, func.max(PeriodicRun.period)).group_by(PeriodicRun.name)
    return dict(db.session.execute(statement).all())


def _start(now: datetime, length: timedelta) -> datetime:
    return EPOCH + (now - EPOCH) // length * length


def _begin(name: str, period: datetime) -> bool:
    event = PeriodBegan(name, period)
    kept = min(RUNS_KEPT, MOST_RUNS_KEPT * _lengths[name])
    past = (PeriodicRun.name == name) & (PeriodicRun.period < period - kept)
    try:
        with writing():
            db.session.add(PeriodicRun(name=name, period=period))
            db.session.add(handler_named(name).entry(event, new_event_id()))
            db.session.execute(delete(PeriodicRun).where(past))
    except IntegrityError:
        return False  # another scheduler was first
    return True
