"""Which bytes may be shown as an image."""

import struct

import pytest

from app.blueprints.interchange.markdown.images import NotAnImage, Picture, look_at
from tests.interchange.markdown.folders import PNG, SVG

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04\0\0"
    b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01\x01\x11\x00"
)
GIF = b"GIF89a" + struct.pack("<HH", 40, 30)
WEBP = b"RIFF\0\0\0\0WEBP"
SIZES = {
    b"VP8X\0\0\0\0\0\0\0\0" + b"\x27\0\0\x1d\0\0": "image/webp",
    b"VP8L\0\0\0\0\x2f" + (39 | 29 << 14).to_bytes(4, "little"): "image/webp",
    b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 40, 30): "image/webp",
}


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (GIF, "image/gif"),
        *((WEBP + chunk, kind) for chunk, kind in SIZES.items()),
    ],
)
def test_pictures_are_known_by_their_bytes(data: bytes, content_type: str) -> None:
    assert look_at(data) == Picture(content_type, 40, 30)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>x</script></html>",
        b"%PDF-1.7",
        PNG[:18],
        b"\xff\xd8\xff\xe0\x00",
        b"\xff\xd8\xff\xe0\x00\x02rest",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 50_000, 50_000),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotAnImage):
        look_at(data)


def drawing(inside: str, attributes: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (SVG, (10, 5)),
        (drawing("", 'width="1in" height="72pt"'), (96, 96)),
        (drawing("", 'viewBox="0 0 20.4 30"'), (20, 30)),
        (drawing("", 'width="100%"'), (None, None)),
        (
            drawing('<defs><path id="a"/></defs><use href="#a"/><use xlink:href="#a"/>'),
            (None, None),
        ),
        (drawing('<image href="data:image/png;base64,AAAA"/>'), (None, None)),
        (drawing('<style>p {fill: url(#a)}</style><g clip-path="url(#a)"/>'), (None, None)),
        (b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b">' + drawing(""), (None, None)),
    ],
)
def test_plain_drawings_are_taken(data: bytes, size: tuple[int | None, int | None]) -> None:
    assert look_at(data) == Picture("image/svg+xml", *size)


BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'


@pytest.mark.parametrize(
    "data",
    [
        drawing("<script>alert(1)</script>"),
        drawing('<path onload="alert(1)"/>'),
        drawing("", 'ONLOAD="alert(1)"'),
        drawing('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
        drawing('<p xmlns="http://www.w3.org/1999/xhtml">x</p>'),
        drawing('<a href="https://e.example"><path/></a>'),
        drawing('<use href="https://e.example/a.svg#b"/>'),
        drawing('<use xlink:href="//e.example/a.svg#b"/>'),
        drawing('<image href="https://e.example/a.png"/>'),
        drawing('<image href="data:image/svg+xml;base64,AAAA"/>'),
        drawing('<animate attributeName="href" to="x"/>'),
        drawing('<set attributeName="onload" to="x"/>'),
        drawing("<style>@import 'https://e.example/a.css'</style>"),
        drawing("<style>p {fill: u</style><style>rl(https://e.example)}</style>"),
        drawing('<path style="fill: url(https://e.example/a)"/>'),
        drawing('<path style="fill: \\75rl(x)"/>'),
        drawing("<path fill=\"url( '//e.example/a')\"/>"),
        drawing('<g id="a"><use href="#b"/></g><g id="b"><path/></g><use href="#a"/>'),
        drawing("<g>" * 101 + "</g>" * 101),
        drawing("<g/>" * 50_001),
        b'<?xml-stylesheet href="https://e.example/a.css"?>' + drawing(""),
        BOMB.encode(),
        b"<svg><path/></svg>",
        b"<svg",
        drawing("", f'width="{"9" * 400}" height="1"'),
        drawing("", f'width="{"9" * 20}" height="1"'),
        *(
            f'<?xml version="1.0" encoding="{name}"?>'.encode() + drawing("")
            for name in ("utf-7", "shift_jis", "hex", "idna", "none-such")
        ),
    ],
)
def test_drawings_with_anything_active_are_refused(data: bytes) -> None:
    with pytest.raises(NotAnImage):
        look_at(data)
