"""Lengths and sizes of films and sound, read from their containers."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.files.films import Film, measure
from tests.factories import files


def ogg(head: bytes, samples: int) -> bytes:
    """The first page with its codec's header, and the last with the number of samples."""
    last = b"OggS\x00\x04" + struct.pack("<q", samples) + bytes(20)
    return b"OggS" + bytes(24) + head + bytes(40) + last


VORBIS = b"\x01vorbis" + bytes(4) + b"\x02" + struct.pack("<I", 44_100)
OPUS = b"OpusHead\x01\x02" + struct.pack("<H", 312)
XING = b"\xff\xfb\x90\x00" + bytes(32) + b"Xing\x00\x00\x00\x01" + struct.pack(">I", 1000)
READ = [
    ("video/mp4", files.film(83, (640, 360)), Film(83, 640, 360)),
    ("audio/mp4", files.film(83, None), Film(83)),
    ("video/webm", files.webm(12.4, (320, 240)), Film(12, 320, 240)),
    ("audio/ogg", ogg(VORBIS, 44_100 * 7), Film(7)),
    ("audio/ogg", ogg(OPUS, 48_000 * 9 + 312), Film(9)),
    ("audio/mpeg", XING + bytes(400), Film(26)),
    ("audio/mpeg", b"\xff\xfb\x90\x00" + bytes(160_000 - 4), Film(10)),
    ("audio/mpeg", b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + XING + bytes(400), Film(26)),
]


@pytest.mark.parametrize(("content_type", "content", "film"), READ)
def test_lengths(content_type: str, content: bytes, film: Film) -> None:
    assert measure(io.BytesIO(content), content_type) == film


@pytest.mark.parametrize(("content_type", "content", "_film"), READ)
@given(data=st.data())
def test_nonsense_tells_nothing_and_breaks_nothing(
    content_type: str, content: bytes, _film: Film, data: st.DataObject
) -> None:
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    found = measure(io.BytesIO(bytes(broken[:cut])), content_type)
    assert found.seconds is None or 0 < found.seconds <= 360_000


@given(st.binary(max_size=400), st.sampled_from(sorted({kind for kind, _, _ in READ})))
def test_any_bytes_are_read_to_an_end(content: bytes, content_type: str) -> None:
    measure(io.BytesIO(content), content_type)
