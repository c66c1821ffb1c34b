"""gunicorn within this program: where it listens, how it is cut, whether it answers."""

import socket
import urllib.request
from dataclasses import dataclass
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 (named by whoever starts the server)


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """As a browser on this machine is told."""
        return f"http://{'localhost' if self.host in ANYWHERE else self.host}:{self.port}"


class WebServer(BaseApplication):  # type: ignore[misc]
    """gunicorn for an application that is loaded already."""

    def __init__(self, app: Flask, address: Address, workers: int, threads: int) -> None:
        self._app = app
        self._settings = {
            "bind": f"{address.host}:{address.port}",
            "worker_class": "gthread",
            "workers": workers,
            "threads": threads,
            "graceful_timeout": 4,
            "keepalive": 20,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._app


def is_free(address: Address) -> bool:
    """True when a server could listen there now."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError:
            return False
    return True


def answers(address: Address) -> bool:
    """True when the server there is alive."""
    try:
        with urllib.request.urlopen(f"{address.url}/healthz", timeout=2):  # noqa: S310 (http)
            return True
    except OSError:
        return False
