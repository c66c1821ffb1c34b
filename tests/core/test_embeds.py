"""Which addresses are films that may be shown in a frame, and from where."""

import pytest

from app.core.embeds import FRAME_SOURCES, frame_of
from app.core.security import content_security_policy


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3",
            "youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "player.vimeo.com/video/76979871?dnt=1"),
        ("https://framatube.org/w/9c9de5e8-0a1e", "framatube.org/videos/embed/9c9de5e8-0a1e"),
    ],
)
def test_known_films(url: str, frame: str) -> None:
    found = frame_of(url)
    assert found
    assert frame in found.url
    assert any(found.url.startswith(f"{source}/") for source in FRAME_SOURCES)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=a%22onload",
        "https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example/?https://youtu.be/dQw4w9WgXcQ",
        "https://youtu.be@evil.example/dQw4w9WgXcQ",
        "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
        "https://[youtu.be/dQw4w9WgXcQ",
    ],
)
def test_everything_else(url: str) -> None:
    assert frame_of(url) is None


def test_the_policy_names_these_hosts_and_no_other() -> None:
    policy = dict(part.split(" ", 1) for part in content_security_policy().split("; "))
    assert policy["frame-src"].split() == list(FRAME_SOURCES)
