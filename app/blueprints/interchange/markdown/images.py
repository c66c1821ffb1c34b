"""What an image is, by its bytes: the kinds that may be shown, and their sizes in pixels."""

import struct
from dataclasses import dataclass

from app.blueprints.interchange.markdown import svg

MAX_SIDE = 20_000


class NotAnImage(ValueError):
    """These bytes may not be shown as an image."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image's type and, where it says so, its size in pixels."""

    content_type: str
    width: int | None
    height: int | None


def look_at(data: bytes) -> Picture:
    """Tell what image `data` is; raises `NotAnImage` for anything that may not be shown."""
    try:
        picture = _raster(data) or _drawing(data)
    except (struct.error, IndexError) as broken:
        raise NotAnImage("broken") from broken
    if max(picture.width or 0, picture.height or 0) > MAX_SIDE:
        raise NotAnImage("too large")
    return picture


def _raster(data: bytes) -> Picture | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture("image/png", *struct.unpack(">II", data[16:24]))
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Picture("image/gif", *struct.unpack("<HH", data[6:10]))
    if data.startswith(b"\xff\xd8\xff"):
        return Picture("image/jpeg", *_jpeg_size(data))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Picture("image/webp", *_webp_size(data))
    return None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk the segments to the frame header, which has the size."""
    at = 2
    while data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise NotAnImage("broken")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read the size from whichever of the three kinds of first chunk this is."""
    kind = data[12:16]
    if kind == b"VP8X":
        return (
            int.from_bytes(data[24:27], "little") + 1,
            int.from_bytes(data[27:30], "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _drawing(data: bytes) -> Picture:
    try:
        return Picture("image/svg+xml", *svg.checked_size(data))
    except svg.UnsafeDrawing as unsafe:
        raise NotAnImage(str(unsafe)) from unsafe
