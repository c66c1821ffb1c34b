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


def film(seconds: int, size: tuple[int, int] | None) -> bytes:
    """An MP4 that says how long and how large it is, and shows nothing."""
    about = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + bytes(80)
    width, height = size or (0, 0)
    track = bytes(76) + struct.pack(">II", width << 16, height << 16)
    movie = box(b"mvhd", about) + box(b"trak", box(b"tkhd", track))
    return MP4[:24] + box(b"mdat", bytes(500)) + box(b"moov", movie)


def box(kind: bytes, content: bytes) -> bytes:
    """A box of ISO 14496-12."""
    return struct.pack(">I", len(content) + 8) + kind + content


def webm(seconds: float, size: tuple[int, int]) -> bytes:
    """A WebM that says how long and how large it is, and shows nothing."""
    info = element("2AD7B1", (1_000_000).to_bytes(3, "big"))
    info += element("4489", struct.pack(">d", seconds * 1000))
    video = element("B0", size[0].to_bytes(2, "big")) + element("BA", size[1].to_bytes(2, "big"))
    tracks = element("1654AE6B", element("AE", element("D7", b"\x01") + element("E0", video)))
    segment = element("EC", bytes(30)) + element("1549A966", info) + tracks
    head = element("1A45DFA3", element("4286", b"\x01") + element("4282", b"webm"))
    return head + element("18538067", segment)


def element(name: str, content: bytes) -> bytes:
    """An element of EBML."""
    return bytes.fromhex(name) + (len(content) | 0x4000).to_bytes(2, "big") + content
