"""E-mail addresses that somebody pasted: from a sheet, from a mail, one a line or many."""

import re
from dataclasses import dataclass

from app.blueprints.accounts.rules.people import clean_email

MOST = 500


@dataclass(frozen=True, slots=True)
class Pasted:
    """The addresses, each once in the order given, and what is none, with its line from 1."""

    addresses: tuple[str, ...]
    bad: tuple[tuple[int, str], ...]


def read_addresses(text: str) -> Pasted:
    """Take what was pasted apart; `Ada Okafor <ada@example.org>` is one address."""
    good: dict[str, None] = {}
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        for part in filter(None, (one.strip() for one in re.split(r"[,;\t]", line))):
            inside = re.search(r"<([^<>]+)>\s*$", part)
            address = clean_email(inside[1] if inside else part)
            if address:
                good[address] = None
            else:
                bad.append((number, part[:80]))
    return Pasted(tuple(good), tuple(bad))
