"""Browsers' stand-ins over real HTTP: keep-alive, cookies, form tokens, and the time taken."""

import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.support.client import PART

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by lower-case name, text, seconds."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float


class Browser:
    """One person's connection to a school."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=60
        )
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        answer = self._send("GET", path, "", headers)
        found = TOKEN.search(answer.text)
        if found:
            self.token = found[1]
        return answer

    def post(
        self, path: str, method: str = "POST", *, partial: bool = False, **fields: object
    ) -> Answer:
        """Send a form, with the token of the page that was last asked for, as scripts do or not."""
        body = urlencode({"csrf_token": self.token, **fields})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if partial:
            headers |= PART
        return self._send(method, path, body, headers)

    def log_in(self, email: str, password: str) -> Answer:
        """Log in as the person with this address."""
        self.get("/login")
        return self.post("/login", email=email, password=password)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _send(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body or None, sent)
            response = self._connection.getresponse()
        except ConnectionError:
            self._connection.close()  # an idle connection may have been closed by the server
            self._connection.request(method, path, body or None, sent)
            response = self._connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        seconds = time.perf_counter() - began
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        given = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, given, text, seconds)


@dataclass(slots=True)
class Tally:
    """What many requests gave; times in seconds."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    wall: float = 0.0

    def add(self, answer: Answer) -> None:
        """Count one answer."""
        self.seconds.append(answer.seconds)
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1

    def percentile(self, share: float) -> float:
        """Return the time that this share of the requests stayed under, in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    @property
    def per_second(self) -> float:
        """Return the requests answered in a second."""
        return len(self.seconds) / self.wall

    @property
    def failures(self) -> int:
        """Return how many were answered with a fault of the server's."""
        return sum(count for status, count in self.statuses.items() if status >= 500)


Act = Callable[[int, int], Answer]


def together(clients: int, act: Act, *, times: int = 0, seconds: float = 0.0) -> Tally:
    """Let `clients` threads start at one moment and call `act(client, round)` each.

    Each does it `times` times, or again and again for so many `seconds`.
    """
    tally, lock = Tally(), threading.Lock()
    ready = threading.Barrier(clients + 1)
    failures: list[BaseException] = []

    def work(client: int) -> None:
        mine: list[Answer] = []
        ready.wait()
        try:
            until = time.perf_counter() + seconds
            while len(mine) < times or (seconds and time.perf_counter() < until):
                mine.append(act(client, len(mine)))
        except BaseException as failure:  # told to the caller, which would else wait for nobody
            failures.append(failure)
        with lock:
            for answer in mine:
                tally.add(answer)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    tally.wall = time.perf_counter() - began
    if failures:
        raise failures[0]
    return tally
