"""Small pictures of large ones."""

from typing import IO

from PIL import Image, ImageOps

from app.core.files.images import FORMATS, few_at_once

SIDE = 480
_QUALITY = 80


def draw(source: IO[bytes], content_type: str, target: IO[bytes]) -> tuple[int, int]:
    """Write `source` to `target` as WebP, at most 480 pixels on a side; return its size.

    Of an animation it is the first frame. Raises `Invalid` for what cannot be read.
    """
    with few_at_once():
        source.seek(0)
        with Image.open(source, formats=[FORMATS[content_type]]) as picture:
            picture.draft("RGB", (SIDE * 2, SIDE * 2))  # a JPEG is decoded small at once
            upright = ImageOps.exif_transpose(picture)
            small = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
            small.thumbnail((SIDE, SIDE))
            small.save(target, "WEBP", quality=_QUALITY)
            return small.size
