"""Hostile and odd HTML, collected by others; what asks for it skips where it is absent."""

import json
import re
from collections.abc import Iterator

from tests.material import material


def purify_cases() -> Iterator[str]:
    """The cases of a sanitiser for browsers."""
    source = (material("html-safety") / "dompurify-expect.mjs").read_text()
    listed = source[source.index("[") :].rstrip().rstrip(";")
    for case in json.loads(re.sub(r",\s*\]$", "]", listed)):
        yield case["payload"]


def bleach_cases() -> Iterator[str]:
    """The cases of the sanitiser that we use."""
    for path in sorted((material("html-safety") / "bleach-tests-data").glob("*.test")):
        yield path.read_text().split("\n--\n")[0]


def naughty_strings() -> Iterator[str]:
    """Strings that have broken programs before."""
    yield from json.loads((material("html-safety") / "blns.json").read_text())
