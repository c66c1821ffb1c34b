"""Where mail is handed in and whom it is from, as the environment says it."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
FROM_NOBODY = Address("Lectern", "lectern", "localhost")


class Unusable(ValueError):
    """What the environment says about mail cannot be."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A mail server; `tls` is `implicit` (from the first byte), `starttls` or `none`."""

    host: str
    port: int
    tls: str
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_safe(self) -> bool:
        """Tell whether nobody on the way can read along."""
        return self.tls != "none" or _is_local(self.host)


def read(environ: Mapping[str, str]) -> MailSettings | None:
    """Return the mail server that is named, None where none is; raises `Unusable`.

    The address is `smtp://user:password@host:587?tls=starttls` (`tls=none` sends in the clear),
    or `smtps://…` for TLS from the first byte.
    """
    url = environ.get("MAIL_URL", "")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as problem:
        raise Unusable("MAIL_URL cannot be read") from problem
    if parts.scheme not in PORTS or not host:
        raise Unusable("MAIL_URL begins with smtp:// or smtps:// and names a host")
    return MailSettings(
        host=host,
        port=port or PORTS[parts.scheme],
        tls=_tls(parts, host),
        sender=_sender(environ.get("MAIL_FROM", "")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _tls(parts: SplitResult, host: str) -> str:
    asked = parse_qs(parts.query).get("tls", [""])[0]
    if parts.scheme == "smtps":
        return "implicit"
    if asked not in ("", "starttls", "none"):
        raise Unusable("tls in MAIL_URL is starttls or none")
    return asked or ("none" if _is_local(host) else "starttls")


def _sender(written: str) -> Address:
    name, address = parseaddr(written)
    user, _, domain = address.rpartition("@")
    if not user or not domain or not written.isprintable():
        raise Unusable("MAIL_FROM is an address, for example Lectern <lectern@school.example>")
    return Address(name, user, domain)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
