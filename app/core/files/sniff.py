"""Telling a file's type from its bytes; what its sender says of it is never believed.

Signatures: https://mimesniff.spec.whatwg.org, ISO 14496-12 (brands), RFC 8794 (EBML), RFC 3533
(Ogg). A file has to begin with its signature: those that may begin anywhere else are how one file
is two things.
"""

import re
from typing import IO

from app.core.errors import Invalid
from app.core.files import office, text
from app.core.files.errors import NotAllowed
from app.core.files.names import ending_of
from app.core.files.types import ALLOWED, FileKind, FileType, type_of_ending
from app.core.i18n import lazy_gettext as _l

HEAD = 4096
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-1.", "application/pdf"),
    (b"%PDF-2.", "application/pdf"),
    (b"ID3", "audio/mpeg"),
)
_BRANDS = {
    "image/avif": (b"avif", b"avis"),
    "audio/mp4": (b"M4A ", b"M4B "),
    "video/mp4": (
        *(b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash"),
        *(b"M4V ", b"M4VH", b"MSNV", b"f4v ", b"mmp4"),
    ),
}
_SOUND_IN_OGG = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC")
# What makes a page of a PDF for those who read it as one.
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|iframe|svg)\b", re.IGNORECASE)


def detect(stream: IO[bytes], name: str) -> FileType:
    """Return the type of what `stream` holds, read from its beginning and left there.

    Raises `NotAllowed` for what is not on the list or is named as something that it is not, and
    `Invalid` for an empty file.
    """
    head = _head(stream)
    if not head:
        raise Invalid(fields={"file": _l("This file is empty.")})
    found = _by_signature(head)
    if found == "application/pdf":
        _refuse_disguised(stream, head)
    if found is None:
        found = office.detect(stream) if head.startswith(b"PK\x03\x04") else _as_text(stream, name)
    stream.seek(0)
    file_type = ALLOWED[found]
    _refuse_lie(file_type, name)
    return file_type


def _head(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read(HEAD)


def _by_signature(head: bytes) -> str | None:
    for beginning, content_type in _BEGINNINGS:
        if head.startswith(beginning):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _in_matroska(head)
    if head.startswith(b"OggS"):
        return _in_ogg(head)
    return "audio/mpeg" if _is_mpeg_frame(head) else None


def _by_brand(brand: bytes) -> str:
    for content_type, brands in _BRANDS.items():
        if brand in brands:
            return content_type
    raise NotAllowed


def _in_matroska(head: bytes) -> str:
    # The document type is an element of its own in the header: 0x4282, its length, its text.
    if b"\x42\x82\x84webm" in head[:64]:
        return "video/webm"
    raise NotAllowed


def _in_ogg(head: bytes) -> str:
    if any(mark in head[:128] for mark in _SOUND_IN_OGG):
        return "audio/ogg"
    raise NotAllowed


def _is_mpeg_frame(head: bytes) -> bool:
    """Tell whether an MPEG audio frame of layer III with valid rates begins here."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C


def _refuse_disguised(stream: IO[bytes], head: bytes) -> None:
    """Refuse a PDF without an end, or one that begins as a page of the web."""
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - 2048))
    if b"%%EOF" not in stream.read() or _MARKUP.search(head[:1024]):
        raise NotAllowed(_l("This is not a whole PDF file. Save it as PDF again and send that."))


def _as_text(stream: IO[bytes], name: str) -> str:
    found = text.detect(stream, name)
    if found == "text/vtt":
        return found
    named = type_of_ending(ending_of(name))
    if named is None or named.kind is not FileKind.TEXT:
        raise NotAllowed
    return named.content_type


def _refuse_lie(file_type: FileType, name: str) -> None:
    """Refuse a name that says another kind; a picture under another picture's ending is mended."""
    named = type_of_ending(ending_of(name))
    if named is None or named.kind is file_type.kind:
        return
    said, held = named.endings[0].upper(), file_type.endings[0].upper()
    raise NotAllowed(
        _l(
            "The name says %(said)s, but the file holds %(held)s. Give it its right name and "
            "send it again.",
            said=said,
            held=held,
        )
    )
