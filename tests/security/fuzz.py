"""What nobody in their right mind sends, and what must not be true of any answer to it."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from werkzeug.test import TestResponse

MARK = "<zqx>"
CALCULATED = "50337"
TEMPLATES = "{{7*7191}}${7*7191}#{7*7191}<%= 7*7191 %>"
VALUES: tuple[str | bytes, ...] = (
    "",
    "a\0b",
    "-1",
    "2147483648",
    "9223372036854775808",
    "-9223372036854775809",
    "9" * 5_000,
    "NaN",
    "1e999",
    "٣",  # a digit, and no number
    b"\xed\xa0\x80\xff\xc0\xaf",  # a lone surrogate, and no UTF-8 at all
    "\u202e\u2066\ufeff\U0001f600\u2028",
    "x" * 100_000,
    "%s%n%(x)s{0}{0.__class__}",
    "%",
    f"\"'>{MARK}<script>alert(1)</script>",
    "' OR 1=1; DROP TABLE users --",
    TEMPLATES,
    "../../../../etc/passwd",
    "//evil.example/",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/courses\r\nX-Injected: 1\r\n\r\n<zqx>",
    "\t//evil.example",
)
IN_A_PATH = (
    *("a%00b", "9223372036854775808", "9" * 40, "9" * 5_000, "-1", "0", "1.5", "%D9%A3"),
    *("x" * 2_000, "%F0%9F%98%80", "%ED%A0%80", "%FF", "..", "%2e%2e%2f", "%0d%0aX-Injected:%201"),
    *(quote(TEMPLATES, safe=""), quote(f"\"'>{MARK}", safe=""), "%25s", "'%20OR%201=1"),
)
METHODS = ("TRACE", "PROPFIND", "CONNECT", "FOO", "PATCH", "DELETE", "PUT", "POST")
JSON = (
    *("[" * 100_000, '{"order":' + "[" * 100_000, "[1, 2]", '"x"', "null", "NaN", "{", ""),
    *('{"title": 5, "order": {"a": 1}}', '{"order": [["\\ud800", ["\\u0000"]]], "title": []}'),
    '{"board_revision": 1e999, "order": [["m1", [null, 1, {}]]]}',
)
TYPES = (
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "x" * 5_000,
    "application/x-www-form-urlencoded; charset=no-such-thing",
    "application/json; charset=utf-7",
    "é/é; =",
)
HEADERS: tuple[dict[str, str], ...] = (
    {"Origin": "http://["},
    {"Origin": "null"},
    {"Host": "[x"},
    {"Host": "a b<c>"},
    {"Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "1, 2"},
    {"Cookie": "lectern=\xff.\xff; theme=\xff"},
    {"Cookie": "lectern=.eJw.aaaa.bbbb; theme=<zqx>"},
    {"Cookie": "=; ;;a=b=c; lectern=" + "x" * 20_000},
    {"Accept-Language": "x" * 10_000},
    {"Accept-Language": "en-\xff;q=nan, *;q=9"},
    {"Accept": "a/b;q=x,,;"},
    {"If-None-Match": 'W/"' + "x" * 10_000},
    {"If-Modified-Since": "yesterday"},
    {"If-Match": '"b' + "9" * 5_000 + '"'},
    {"Range": "bytes=9-1,-5"},
    {"Range": "bytes=" + ",".join("0-0" for _ in range(2_000))},
    {"X-Request-Id": "a\tb" * 100},
    {"User-Agent": "\xff" * 5_000},
    {"Content-Type": "multipart/form-data; boundary="},
    {"Content-Length": "-5"},
    {"HX-Request": "true", "HX-Current-URL": "javascript:1", "HX-Request-Type": "x"},
)
LEADING = ("Location", "HX-Redirect", "HX-Push-Url", "HX-Replace-Url", "HX-Location")
_FORM = "application/x-www-form-urlencoded"


def spread(values: tuple[Any, ...], at: int, take: int) -> list[Any]:
    """`take` of the values, others for each `at`, so that together every one is tried."""
    return [values[(at * take + n) % len(values)] for n in range(min(take, len(values)))]


def form(fields: dict[str, Any], *more: tuple[str, Any]) -> dict[str, Any]:
    """A form's body as bytes, which may say what no library would."""
    plain = [(name, value) for name, value in fields.items() if not callable(value)]
    return {"data": urlencode([*plain, *more]), "content_type": _FORM}


def odd_forms(fields: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """Forms that hold a field twice, as a list, as a file, and far too long."""
    yield form(fields, (name, "1"), (name, "2"))
    others = {key: value for key, value in fields.items() if key != name}
    yield form(others, (f"{name}[]", "1"), (f"{name}[a][b]", "2"), ("[[[[", "]]]]"))
    yield form(others, (name, "x" * 1_000_000))
    plain = {key: value for key, value in others.items() if not callable(value)}
    yield {"data": {**plain, name: (BytesIO(b"\x00\xff"), "../x\r\ny.txt")}}


def faults_of(response: TestResponse) -> Iterator[str]:
    """What must not be true of any answer, whatever was sent."""
    if response.status_code >= 500 and response.status_code != 501:
        yield f"answers {response.status_code}"
    for name, value in response.headers:
        # Servers write headers in latin-1, and fail where they cannot.
        if not value.isascii() or re.search(r"[\r\n\0]", value) or name == "X-Injected":
            yield f"header {name}: {value[:60]!r}"
        if name in LEADING and not is_local(value):
            yield f"leads to {value[:60]!r}"
    if response.mimetype == "text/html":
        page = response.get_data().decode("utf-8", "replace")
        if MARK in page or CALCULATED in page:
            yield "shows what was sent as if it were ours"


def is_local(address: str) -> bool:
    """Whether a browser stays: it drops tabs, and takes backslashes for slashes."""
    cleaned = re.sub(r"[\t\r\n]", "", address.strip()).replace("\\", "/")
    target = urlsplit(urljoin("http://localhost/here", cleaned))
    return target.scheme in ("http", "https") and target.netloc == "localhost"
