"""A PostgreSQL cluster of our own: one for the run, on a unix socket, as an unprivileged user."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support import run

SUPERUSER = "lectern"
# The data are thrown away, so they need not survive a crash.
OPTIONS = (
    "listen_addresses=''",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
)


def url(name: str) -> str:
    """The address of the run's database `name`; starts the cluster. Skips where there is none."""
    return f"postgresql+psycopg://{SUPERUSER}@/{name}?host={_sockets()}"


def exists(name: str) -> bool:
    """Tell whether there is a database of that name."""
    return bool(_administer("SELECT 1 FROM pg_database WHERE datname = %s", name))


def create(name: str, template: str = "template0") -> None:
    """Make the database anew, as a copy of `template`."""
    drop(name)
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def rename(name: str, new: str) -> None:
    """Give the database another name, once it is whole."""
    _administer(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


def drop(name: str) -> None:
    """Remove the database, whoever is connected."""
    _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def stop() -> None:
    """Stop the cluster, if the run has one."""
    data = run.folder() / "postgres" / "data"
    if (data / "postmaster.pid").exists():
        _as_owner("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _administer(statement: Any, *values: str) -> list[Any]:
    with psycopg.connect(
        host=str(_sockets()), user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _sockets() -> Path:
    folder = run.folder() / "postgres"
    with run.one_at_a_time("postgres"):
        if not (folder / "data" / "postmaster.pid").exists():
            _start(folder)
    return folder


def _start(folder: Path) -> None:
    if _programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    folder.mkdir()
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    data = str(folder / "data")
    initdb = ("initdb", "-D", data, "-U", SUPERUSER, "--auth=trust", "--no-sync", "-E", "UTF8")
    _as_owner(*initdb, "--locale=C.UTF-8")
    settings = " ".join(f"-c {option}" for option in OPTIONS)
    log = str(folder / "log")
    _as_owner("pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-k {folder} {settings}", "start")


def _as_owner(program: str, *arguments: str) -> None:
    programs = _programs()
    assert programs is not None
    subprocess.run(
        [programs / program, *arguments],
        check=True,
        cwd="/",
        user=_owner(),
        stdout=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )


def _programs() -> Path | None:
    """Where PostgreSQL's programs are: on the PATH, or where Debian hides them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    hidden = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return hidden[-1].parent if hidden else None


def _owner() -> str | None:
    """Whom it runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
