"""Pictures are drawn anew: what a decoder saw stays, all else is gone."""

import io
import struct
import zlib

import pytest
from PIL import Image

from app.core.errors import Invalid
from app.core.files.images import redraw
from tests.factories import files

KINDS = ["PNG", "JPEG", "GIF", "WEBP", "AVIF"]


def redrawn(content: bytes, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    redraw(io.BytesIO(content), f"image/{kind.lower()}", out)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_itself_stays(kind: str) -> None:
    with Image.open(io.BytesIO(redrawn(files.picture(kind), kind))) as after:
        assert (after.format, after.size) == (kind, (40, 30))
        red, green, blue = after.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
        assert max(abs(red - 200), abs(green - 60), abs(blue - 20)) < 12


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_behind_or_within_is_gone(kind: str) -> None:
    hidden = b"<script>alert(1)</script>"
    exif = Image.Exif()
    exif[0x010E] = hidden.decode()
    options = {"exif": exif, "comment": hidden} if kind != "GIF" else {"comment": hidden}
    before = files.picture(kind, **options) + files.archive({"x.html": b"x"}) + hidden
    after = redrawn(before, kind)
    assert hidden in before
    assert hidden not in after
    assert b"PK\x05\x06" not in after


def test_a_turned_photograph_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(redrawn(files.picture("JPEG", exif=exif), "JPEG"))) as after:
        assert after.size == (30, 40)
        assert 0x0112 not in after.getexif()


def test_an_animation_still_moves() -> None:
    with Image.open(io.BytesIO(redrawn(files.animation(), "GIF"))) as after:
        assert (after.n_frames, after.info["duration"], after.info["loop"]) == (3, 40, 0)  # type: ignore[attr-defined]


def test_a_see_through_picture_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(redrawn(out.getvalue()))) as after:
        assert after.mode == "RGBA"


def bomb(width: int, height: int) -> bytes:
    """A PNG of that size in a few hundred bytes of header; its pixels are not even there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(10_000, 5_000), (12_000, 9_000), (60_000, 60_000), (30_000, 2)])
def test_large_pictures_and_bombs_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid) as caught:
        redrawn(bomb(*size))
    assert "file" in caught.value.fields


def test_the_figures_are_named() -> None:
    with pytest.raises(Invalid) as caught:
        redrawn(bomb(10_000, 5_000))
    told = str(caught.value.fields["file"])
    assert told.startswith("This picture has 50 megapixels (10000 × 5000); 40 is the most.")


def test_an_endless_animation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.files.images.MOST_ANIMATED_PIXELS", 3_000)
    with pytest.raises(Invalid):
        redrawn(files.animation(), "GIF")
    redrawn(files.animation(frames=2), "GIF")


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_picture_is_refused(kind: str) -> None:
    whole = files.picture(kind, (400, 300))
    with pytest.raises(Invalid):
        redrawn(whole[: len(whole) // 2], kind)


def test_a_script_in_a_gif_header_is_refused() -> None:
    with pytest.raises(Invalid):
        redrawn(b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "GIF")


class FullDisk(io.BytesIO):
    def write(self, _data: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_not_taken_for_a_broken_picture() -> None:
    with pytest.raises(OSError, match="No space"):
        redraw(io.BytesIO(files.picture()), "image/png", FullDisk())
