"""Files of every kind that is taken, as small as they can be, made by hand."""

import io
import struct
import zipfile

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MP3 = b"\xff\xfb\x90\x00" + bytes(413)
OGG = b"OggS" + bytes(24) + b"\x01vorbis" + bytes(40)
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(40)
MATROSKA = WEBM.replace(b"\x84webm", b"\x88matroska")
MP4 = struct.pack(">I", 24) + b"ftypisom" + bytes(4) + b"isomavc1" + bytes(40)
M4A = MP4.replace(b"ftypisom", b"ftypM4A ")
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><title>x</title><script>alert(1)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A picture of that kind; `options` are the encoder's."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 60, 20)).save(out, kind, **options)
    return out.getvalue()


def animation(frames: int = 3, size: tuple[int, int] = (40, 30)) -> bytes:
    """A GIF that moves."""
    out = io.BytesIO()
    drawn = [Image.new("RGB", size, (10 * n, 60, 20)) for n in range(frames)]
    drawn[0].save(out, "GIF", save_all=True, append_images=drawn[1:], duration=40, loop=0)
    return out.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    """A zip of these entries, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return out.getvalue()


def office(part: str = "word/document.xml", also: str = "", content: bytes = b"x") -> bytes:
    """A document of Word, or of the program whose main part is named, with one entry more."""
    more = {also: content} if also else {}
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<x/>", **more})


def open_document(kind: str = "text") -> bytes:
    """A document of LibreOffice."""
    declared = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": declared, "content.xml": b"<x/>"})
