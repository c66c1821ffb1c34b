"""Plain text: told by what it does not hold, since it has no signature."""

import codecs
import re
from typing import IO

from app.core.files.errors import NotAllowed
from app.core.files.names import ending_of
from app.core.files.types import FileKind, type_of_ending
from app.core.i18n import lazy_gettext as _l

_CHUNK = 64 * 1024
_START = 1024
# Tab, line feed, form feed and carriage return are text; the other control characters are not.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SVG = re.compile(r"<svg[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype|html|head|body|script|iframe|\?xml|\?php)\b", re.IGNORECASE)
_SVG_REFUSED = _l("SVG pictures can carry programs, so they are not taken. Send it as PNG or WebP.")
_PAGE_REFUSED = _l(
    "Web pages can carry programs, so they are not taken. Put the text into a lesson, or send it "
    "as PDF."
)
_ENCODING = _l("This text is not in UTF-8, so its letters cannot be told. Save it as UTF-8.")


def detect(stream: IO[bytes], name: str) -> str:
    """Return `text/vtt` or `text/plain`; raises `NotAllowed` for pages, SVG and other bytes."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    start = ""
    try:
        while chunk := stream.read(_CHUNK):
            read = decoder.decode(chunk)
            if _BINARY.search(read):
                raise NotAllowed
            start = (start + read)[:_START] if len(start) < _START else start
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise NotAllowed(_ENCODING if _is_named_text(name) else None) from None
    _refuse_pages(start.lstrip())
    return "text/vtt" if re.match(r"WEBVTT(?:[ \t\r\n]|$)", start) else "text/plain"


def _is_named_text(name: str) -> bool:
    named = type_of_ending(ending_of(name))
    return named is not None and named.kind in (FileKind.TEXT, FileKind.CAPTIONS)


def _refuse_pages(start: str) -> None:
    if not start.startswith("<"):
        return
    if _SVG.search(start):
        raise NotAllowed(_SVG_REFUSED)
    if _PAGE.match(start) or start.startswith("<!--"):
        raise NotAllowed(_PAGE_REFUSED)
