"""Other sites whose films may be shown inside our pages: a table of exact hosts.

A film is fetched only when somebody asks to see it, from the address that tells its owner least.
The content security policy allows frames of these hosts and of no others.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Provider:
    """A site with films: the hosts of its pages, and how to show one of them."""

    name: str
    hosts: frozenset[str]
    path: re.Pattern[str]
    frame_host: str
    frame: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a film is shown from, and whose it is."""

    url: str
    provider: str
    host: str


PROVIDERS = (
    Provider(
        "YouTube",
        frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}),
        re.compile(r"/(?:watch|(?:embed|shorts|live)/(?P<id>[\w-]{6,20}))/?"),
        "www.youtube-nocookie.com",
        "https://www.youtube-nocookie.com/embed/{id}?rel=0",
        argument="v",
    ),
    Provider(
        "YouTube",
        frozenset({"youtu.be"}),
        re.compile(r"/(?P<id>[\w-]{6,20})/?"),
        "www.youtube-nocookie.com",
        "https://www.youtube-nocookie.com/embed/{id}?rel=0",
    ),
    Provider(
        "Vimeo",
        frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"}),
        re.compile(r"/(?:video/)?(?P<id>\d{5,15})(?:/[0-9a-f]+)?/?"),
        "player.vimeo.com",
        "https://player.vimeo.com/video/{id}?dnt=1",
    ),
    Provider(
        "Framatube",
        frozenset({"framatube.org"}),
        re.compile(r"/(?:w|videos/watch|videos/embed)/(?P<id>[\w-]{8,40})/?"),
        "framatube.org",
        "https://framatube.org/videos/embed/{id}?p2p=0&peertubeLink=0",
    ),
)
FRAME_SOURCES = tuple(dict.fromkeys(f"https://{one.frame_host}" for one in PROVIDERS))
_ID = re.compile(r"[\w-]{5,40}")


def frame_of(url: str) -> Frame | None:
    """Return where the film at `url` is shown from, or None where its site is not in the table."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    for provider in PROVIDERS:
        found = provider.path.fullmatch(parts.path) if host in provider.hosts else None
        name = _named(provider, found, parts.query) if found else None
        if name:
            return Frame(provider.frame.format(id=name), provider.name, provider.frame_host)
    return None


def _named(provider: Provider, found: re.Match[str], query: str) -> str | None:
    name = found["id"] or next(iter(parse_qs(query).get(provider.argument, [])), "")
    return name if _ID.fullmatch(name) else None
