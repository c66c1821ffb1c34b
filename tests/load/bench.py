"""`make bench`: what pages cost, beside the bare floor in the same run, on both databases.

Machines differ and are noisy, so the figures to compare are the ratios to the floor. The
processor's time is the servers' own, read from the system, not the clients'.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.load.acts import MOST, pages, reads
from tests.load.clients import Act, Browser, Tally, together
from tests.load.world import World, build
from tests.support import postgres, run
from tests.support.servers import School, new_database

CLIENTS = (1, 8, MOST)
SECONDS = 3.0
PROCESSES, THREADS = 2, 16
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figure:
    """What one page gave under so many clients; times in milliseconds."""

    page: str
    clients: int
    tally: Tally
    cpu: float

    def line(self, floor: float) -> str:
        """Return it as a row of the table; `floor` is the floor's processor time."""
        tally = self.tally
        return (
            f"{self.page:22}{self.clients:8}{tally.per_second:9.0f}{tally.percentile(0.5):9.1f}"
            f"{tally.percentile(0.95):9.1f}{self.cpu:9.2f}{self.cpu / floor:8.2f}"
            f"{tally.failures:8}"
        )


def cpu_seconds(parent: int) -> float:
    """Return the processor time that the children of process `parent` have used."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        if int(fields[1]) == parent:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


def measure(page: str, clients: int, act: Act, server: int) -> Figure:
    """Let so many clients ask for a page again and again."""
    together(clients, act, times=3)
    before = cpu_seconds(server)
    tally = together(clients, act, seconds=SECONDS)
    spent = cpu_seconds(server) - before
    return Figure(page, clients, tally, spent * 1000 / len(tally.seconds))


@contextmanager
def school_of(kind: str, module: str, url: str = "") -> Iterator[tuple[School, int]]:
    """A running school, or the floor on a school's database; with its server's process."""
    with ExitStack() as opened:
        school = School(url or new_database(kind, opened), RATE_LIMITS="off")
        opened.callback(school.stop)
        yield school, school.serve(PROCESSES, THREADS, module).pid


def bench(kind: str) -> None:
    """Measure everything on one kind of database."""
    print(f"\n{kind}: {PROCESSES} processes of {THREADS} threads, {SECONDS:.0f} s a figure")
    heads = ("clients", "req/s", "p50 ms", "p95 ms", "CPU ms", "x floor", "5xx")
    print(
        f"{'page':22}{heads[0]:>8}"
        + "".join(f"{h:>9}" for h in heads[1:5])
        + "".join(f"{h:>8}" for h in heads[5:])
    )
    with school_of(kind, "wsgi:app") as (school, server):
        world = build(school)
        floors = floor_figures(kind, school.database_url, world)
        for page, act in pages(school, world):
            for clients in CLIENTS:
                figure = measure(page, clients, act, server)
                print(figure.line(floors[clients]), flush=True)


def floor_figures(kind: str, url: str, world: World) -> dict[int, float]:
    """Measure the floor on the same rows; return its processor time for each number of clients."""
    floors = {}
    with school_of(kind, "tests.load.floor:app", url) as (floor, server):
        browsers = [Browser(floor.url) for _ in range(MOST)]
        for browser in browsers:
            browser.get(f"/enter/{world.learner_id}")
        for clients in CLIENTS:
            figure = measure("(floor)", clients, reads(browsers, "/courses"), server)
            floors[clients] = figure.cpu
            print(figure.line(figure.cpu), flush=True)
    return floors


def main() -> None:
    """Measure on the databases named, or on both."""
    run.begin()
    try:
        for kind in sys.argv[1:] or ["sqlite", "postgres"]:
            bench(kind)
    finally:
        postgres.stop()
        run.end()


if __name__ == "__main__":
    main()
