"""What stands in the database before and after a request, and the way back."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Rows = dict[str, dict[int, Mapping[str, Any]]]
# What the door and the jobs keep about themselves; no request is about these tables.
BOOKKEEPING = {
    "login_events": "each try at a password is noted",
    "idempotency_keys": "a form that was carried out is remembered",
    "audit_events": "a refusal may be noted",
    "worker_heartbeats": "workers say that they live",
    "periodic_runs": "periodic jobs note that they ran",
}
TOUCHED = ("last_seen_at",)  # a session that is used


@dataclass(frozen=True)
class Change:
    """One row that is not as it was; `columns` says how: before and after."""

    table: str
    row: int
    kind: str
    columns: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.table} {self.row} {', '.join(self.columns)}".rstrip()


class Books:
    """The database file of an application, watched by a connection of our own."""

    def __init__(self, path: str) -> None:
        self._disk = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._disk.row_factory = sqlite3.Row
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        self.keep()

    def keep(self) -> None:
        """Take the present state as the one to compare with and to go back to."""
        self._disk.backup(self._kept)
        self._before = self._rows()
        self._stamp = self._data_version()

    def changes(self) -> list[Change]:
        """What differs from the kept state, bookkeeping aside."""
        return self._compared() if self._data_version() != self._stamp else []

    def take_back(self) -> None:
        """Put the kept state back, if anything at all was written since."""
        if self._data_version() != self._stamp:
            self._kept.backup(self._disk)
            self._stamp = self._data_version()

    def close(self) -> None:
        """Let go of the file."""
        self._disk.close()
        self._kept.close()

    def _compared(self) -> list[Change]:
        now = self._rows()
        return [
            change
            for table, rows in now.items()
            for number in sorted(rows.keys() | self._before[table].keys())
            for change in _compare(table, number, self._before[table].get(number), rows.get(number))
        ]

    def _rows(self) -> Rows:
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [row["name"] for row in self._disk.execute(names)]
        ours = [n for n in tables if "sqlite" not in n and "course_search_" not in n]
        return {
            name: {
                row["rowid"]: dict(row)
                for row in self._disk.execute(f"SELECT rowid AS rowid, * FROM {name}")
            }
            for name in ours
            if name not in BOOKKEEPING
        }

    def _data_version(self) -> int:
        return int(self._disk.execute("PRAGMA data_version").fetchone()[0])


def _compare(
    table: str, number: int, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None
) -> list[Change]:
    if before is None or now is None:
        kind = "made" if before is None else "removed"
        found = {name: (None, value) for name, value in (now or {}).items()}
        return [Change(table, number, kind, found)]
    found = {n: (before[n], now[n]) for n in now if before[n] != now[n] and n not in TOUCHED}
    return [Change(table, number, "changed", found)] if found else []
