"""A mail server: it speaks SMTP with STARTTLS and AUTH, and misbehaves where a test says so."""

import base64
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support import run

USER, PASSWORD = "school", "s3cret & more"


@dataclass(frozen=True)
class Delivered:
    """What was handed in, and how."""

    sender: str
    to: str
    data: bytes
    over_tls: bool
    user: str

    @property
    def message(self) -> EmailMessage:
        """The mail, as its reader's program sees it."""
        return message_from_bytes(self.data, policy=default)


class SmtpServer(ThreadingTCPServer):
    """Listens on this machine; `certificate` is what it shows, if it can do TLS.

    `says` has it answer a command in another way ("." is the end of the data), `hangs_up` end the
    connection instead of answering one, and `waits` answer only after so many seconds.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, certificate: Path | None = None, *, tls_first: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.delivered: list[Delivered] = []
        self.says: dict[str, str] = {}
        self.hangs_up: set[str] = set()
        self.waits: dict[str, float] = {}
        self.tls_first = tls_first
        self.context: ssl.SSLContext | None = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def url(self, tls: str = "none", login: str = "") -> str:
        """What MAIL_URL names it."""
        return f"smtp://{login}127.0.0.1:{self.port}?tls={tls}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are what some tests are about."""


@dataclass
class _Letter:
    sender: str = ""
    to: list[str] = field(default_factory=list)


class _Session(StreamRequestHandler):
    """One connection."""

    server: SmtpServer

    def setup(self) -> None:
        self._over_tls, self._user, self._letter = False, "", _Letter()
        if self.server.tls_first:
            self._secure()
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()  # the server itself only knows the socket beneath TLS

    def handle(self) -> None:
        if not self._answer("CONNECT", "220 ready"):
            return
        while line := self.rfile.readline():
            words = line.decode().rstrip("\r\n")
            verb = words[:4].upper().strip()
            if not self._one(verb, words):
                return

    def _one(self, verb: str, words: str) -> bool:
        """Do what one line asks; return whether the connection goes on."""
        if verb == "EHLO":
            return self._answer(verb, self._greeting())
        if verb == "STAR":
            return self._answer(verb, "220 go ahead") and self._go_over()
        if verb == "AUTH":
            return self._log_in(words)
        if verb == "MAIL":
            self._letter = _Letter(_address(words))
        if verb == "RCPT":
            self._letter.to.append(_address(words))
        if verb == "DATA":
            return self._answer(verb, "354 go ahead") and self._take()
        return self._answer(verb, "221 bye" if verb == "QUIT" else "250 ok") and verb != "QUIT"

    def _greeting(self) -> str:
        offers = ["mail.test", "8BITMIME"]
        if self.server.context and not self._over_tls:
            offers.append("STARTTLS")
        if self._over_tls or not self.server.context:
            offers.append("AUTH PLAIN")
        return "\r\n".join(f"250{' ' if offer == offers[-1] else '-'}{offer}" for offer in offers)

    def _log_in(self, words: str) -> bool:
        _, user, password = base64.b64decode(words.split()[2]).decode().split("\0")
        if (user, password) != (USER, PASSWORD):
            return self._answer("AUTH", "535 5.7.8 wrong")
        self._user = user
        return self._answer("AUTH", "235 welcome")

    def _take(self) -> bool:
        lines = iter(self.rfile.readline, b".\r\n")
        data = b"".join(line.removeprefix(b".") for line in lines)
        if self.server.says.get(".", "2")[0] == "2":
            for to in self._letter.to:
                self.server.delivered.append(
                    Delivered(self._letter.sender, to, data, self._over_tls, self._user)
                )
        return self._answer(".", "250 taken")

    def _answer(self, verb: str, usual: str) -> bool:
        time.sleep(self.server.waits.get(verb, 0))
        if verb in self.server.hangs_up:
            return False
        self.wfile.write(f"{self.server.says.get(verb, usual)}\r\n".encode())
        return True

    def _go_over(self) -> bool:
        if "STAR" in self.server.says:
            return True
        self._secure()
        super().setup()
        return True

    def _secure(self) -> None:
        assert self.server.context
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self._over_tls = True


def _address(words: str) -> str:
    return words[words.index("<") + 1 : words.index(">")]


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A mail server without TLS, as one on this host."""
    with SmtpServer() as server:
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def certificate() -> Path:
    """A certificate for this machine with its key, which only those trust who are told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = run.own_folder() / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
