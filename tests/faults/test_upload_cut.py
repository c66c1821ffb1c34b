"""Connections are cut and web servers killed in mid-upload: no row without a file, no halves."""

import os
import random
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.blueprints.courses.models import Asset, Blob
from app.core.db import db
from tests.factories import files
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.courses import make_course
from tests.load.clients import Browser
from tests.support.servers import School, StartSchool

SIZE = 2_000_000

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


class Sender:
    """Somebody who sends files over a connection of their own, as much of them as is asked."""

    def __init__(self, school: School, slug: str, email: str) -> None:
        browser = Browser(school.url)
        browser.log_in(email, PASSWORD)
        browser.get("/settings/profile")
        browser.close()
        address = urlsplit(school.url)
        self._place = (address.hostname or "", address.port or 0)
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self._head = (
            f"POST /teaching/{slug}/assets HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Cookie: {cookies}\r\nX-CSRFToken: {browser.token}\r\nAccept: application/json\r\n"
            "Connection: close\r\nContent-Type: multipart/form-data; boundary=cut\r\n"
        )

    def send(self, content: bytes, share: float = 1.0, wait: float = 0.0) -> bytes:
        """Send that share of the request, wait, and hang up; return the first line of an answer."""
        body = (
            b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
            + content
            + b"\r\n--cut--\r\n"
        )
        whole = f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        with socket.create_connection(self._place, timeout=30) as line:
            line.sendall(whole[: int(len(whole) * share)])
            time.sleep(wait)
            return line.recv(200).partition(b"\r\n")[0] if share == 1.0 else b""


def text(number: int) -> bytes:
    """A text of two megabytes, each another."""
    return f"{number:08}".encode() * (SIZE // 8)


def stored(school: School) -> set[str]:
    """The digests of the files that lie in the storage; halves show as themselves."""
    root = school.folder / "blobs"
    found = [path for path in root.rglob("*") if path.is_file() and path.name != ".lock"]
    return {_digest(path) for path in found}


def _digest(path: Path) -> str:
    return path.name if path.parent.name == "incoming" else path.parent.name + path.name


def known() -> set[str]:
    """The digests that rows name."""
    db.session.rollback()
    rows = select(Blob.digest).join(Asset, Asset.blob_id == Blob.id)
    return set(db.session.execute(rows).scalars())


def settled(school: School) -> set[str]:
    """What is stored once the server has noticed that nobody is there."""
    deadline = time.monotonic() + 20
    while stored(school) != known() and time.monotonic() < deadline:
        time.sleep(0.1)
    return stored(school)


def test_half_an_upload_leaves_neither_row_nor_file(start_school: StartSchool, rounds: int) -> None:
    school = start_school(worker=False, RATE_LIMITS="off")
    with school.app.app_context():
        ines = make_user("Ines Cole", roles=["contributor"])
        sender = Sender(school, make_course(owner=ines).slug, ines.email)
        cut = random.Random(7)
        for number in range(rounds * 4):
            sender.send(text(number), share=cut.uniform(0.001, 0.999))
        assert settled(school) == known() == set()
        assert b" 201 " in sender.send(text(-1))
        assert len(settled(school)) == len(known()) == 1


def test_a_server_that_is_killed_leaves_no_row_without_its_file(
    start_school: StartSchool, rounds: int
) -> None:
    school = start_school(worker=False, RATE_LIMITS="off")
    with school.app.app_context():
        ines = make_user("Ines Cole", roles=["contributor"])
        course = make_course(owner=ines)
        chance = random.Random(7)
        for number in range(rounds):
            sender = Sender(school, course.slug, ines.email)
            sender.send(text(number), share=0.9999, wait=chance.uniform(0, 0.05))
            sender.send(files.PDF, share=0.5)
            os.killpg(school.processes[-1].pid, signal.SIGKILL)
            school.processes[-1].wait(10)
            school.serve(processes=1, threads=4)
        # A file may be left over, which the nightly sweep takes; a row never stands alone.
        assert known() <= stored(school)
