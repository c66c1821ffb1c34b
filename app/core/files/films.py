"""How long films and sound are, and how large: read from their containers, never decoded.

ISO 14496-12 (MP4, M4A), RFC 8794 and 9559 (WebM), RFC 3533 (Ogg), ISO 11172-3 (MP3). Whatever does
not fit is not told: none of it is needed to keep or to show a file.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_MOST_BOXES = 20_000
_LARGEST_HEADER = 32 * 1024 * 1024
_TAIL = 64 * 1024
_LONGEST = 100 * 3600


@dataclass(slots=True)
class Film:
    """What a container says of itself: seconds, and pixels where it has pictures."""

    seconds: int | None = None
    width: int | None = None
    height: int | None = None


def measure(source: IO[bytes], content_type: str) -> Film:
    """Return what the file says of itself; nothing where it says nothing or nonsense."""
    film, readers = Film(), {"webm": _webm, "mp4": _mp4, "ogg": _ogg, "mpeg": _mp3}
    source.seek(0)
    try:
        seconds = readers[content_type.partition("/")[2]](source, film)
    except (struct.error, IndexError, ValueError, OverflowError, ZeroDivisionError):
        return Film()
    if seconds is not None and 0 < seconds < _LONGEST:
        film.seconds = max(1, round(seconds))
    if not (0 < (film.width or 0) <= 20_000 and 0 < (film.height or 0) <= 20_000):
        film.width = film.height = None
    return film


def _mp4(source: IO[bytes], film: Film) -> float | None:
    for kind, size in _boxes(source):
        if kind == b"moov" and size <= _LARGEST_HEADER:
            return _in_movie(source.read(size), film)
        source.seek(size, 1)
    return None


def _boxes(source: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Give each box's kind and the size of what is in it, which is to be read or passed over."""
    for _ in range(_MOST_BOXES):
        head = source.read(8)
        if len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head)
        size = struct.unpack(">Q", source.read(8))[0] - 16 if size == 1 else size - 8
        if size < 0:
            return  # to the end of the file, or nonsense
        yield kind, size


def _in_movie(movie: bytes, film: Film) -> float | None:
    seconds = None
    for kind, content in _inner(movie):
        if kind == b"mvhd":
            at, form = (20, ">IQ") if content[0] == 1 else (12, ">II")
            scale, length = struct.unpack_from(form, content, at)
            seconds = length / scale
        if kind == b"trak":
            _track(content, film)
    return seconds


def _track(track: bytes, film: Film) -> None:
    for kind, content in _inner(track):
        if kind == b"tkhd" and film.width is None:
            width, height = struct.unpack_from(">II", content, len(content) - 8)
            if width and height:  # a track of sound has none
                film.width, film.height = width >> 16, height >> 16


def _inner(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if size < 8:
            return
        yield kind, content[at + 8 : at + size]
        at += size


_SEGMENT, _CLUSTER, _INFO, _TRACKS = 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B
_SCALE, _DURATION, _WIDTH, _HEIGHT = 0x2AD7B1, 0x4489, 0xB0, 0xBA
# Those that are entered; all others are passed over.
_OPENED = frozenset({_SEGMENT, _INFO, _TRACKS, 0xAE, 0xE0})


def _webm(source: IO[bytes], film: Film) -> float | None:
    scale, duration = 1_000_000, None
    for _ in range(_MOST_BOXES):
        element, size = _variable(source, keep=True), _variable(source, keep=False)
        if element in (None, _CLUSTER) or size is None:
            break
        if element in _OPENED:
            continue
        if element not in (_SCALE, _DURATION, _WIDTH, _HEIGHT):
            source.seek(size, 1)
            continue
        content = source.read(min(size, 8))
        if element == _DURATION:
            duration = struct.unpack(">f" if size == 4 else ">d", content)[0]
        elif element == _SCALE:
            scale = int.from_bytes(content, "big")
        elif element == _WIDTH:
            film.width = film.width or int.from_bytes(content, "big")
        else:
            film.height = film.height or int.from_bytes(content, "big")
    return None if duration is None else duration * scale / 1e9


def _variable(source: IO[bytes], *, keep: bool) -> int | None:
    """Read a number whose first bits say how long it is; `keep` them for an element's id."""
    first = source.read(1)
    if not first or not first[0]:
        return None
    length = 9 - first[0].bit_length()
    value = int.from_bytes(first + source.read(length - 1), "big")
    return value if keep else value & ((1 << (7 * length)) - 1)


def _ogg(source: IO[bytes], _film: Film) -> float | None:
    head = source.read(4096)
    source.seek(0, 2)
    source.seek(max(0, source.tell() - _TAIL))
    tail = source.read()
    last = tail.rfind(b"OggS")
    samples = struct.unpack_from("<q", tail, last + 6)[0]
    if b"OpusHead" in head:
        skipped = struct.unpack_from("<H", head, head.index(b"OpusHead") + 10)[0]
        return float(samples - skipped) / 48_000
    at = head.find(b"\x01vorbis")
    return None if at < 0 else float(samples / struct.unpack_from("<I", head, at + 12)[0])


_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _mp3(source: IO[bytes], _film: Film) -> float | None:
    start = _after_tag(source)
    source.seek(0, 2)
    size = source.tell() - start
    source.seek(start)
    frame = source.read(256)
    version = frame[1] >> 3 & 3
    rate = _RATES[version][frame[2] >> 2 & 3] if version in _RATES else 0
    bitrate = (_BITRATES_1 if version == 3 else _BITRATES_2)[frame[2] >> 4] * 1000
    for mark in (b"Xing", b"Info"):
        at = frame.find(mark)
        if at >= 0 and frame[at + 7] & 1:
            frames: int = struct.unpack_from(">I", frame, at + 8)[0]
            return frames * (1152 if version == 3 else 576) / rate
    return size * 8 / bitrate


def _after_tag(source: IO[bytes]) -> int:
    """Return where the sound begins, behind an ID3 tag if there is one."""
    head = source.read(10)
    if head[:3] != b"ID3":
        return 0
    a, b, c, d = (byte & 0x7F for byte in head[6:10])
    return 10 + (a << 21 | b << 14 | c << 7 | d)
