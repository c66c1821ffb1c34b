"""Pictures, drawn anew before they are kept.

Only what a decoder saw is written again, so what else a file carried is gone: where a photograph
was taken, comments, a script or an archive behind the picture. Sizes are in pixels.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _l

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 20_000
# All frames of an animation together.
MOST_ANIMATED_PIXELS = 200_000_000
FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
# What changes how a picture looks or moves; comments and camera data are not among it.
_KEPT = (
    *("transparency", "duration", "loop", "disposal", "background", "blend", "default_image"),
    *("icc_profile", "gamma"),
)
_LARGEST_PROFILE = 128 * 1024
_ORIENTATION = 0x0112
# A decoded picture takes up to 160 MB, so few at a time.
_AT_ONCE = threading.BoundedSemaphore(2)
_BROKEN = _l("This picture is damaged or not whole. Save it again and send that.")
_NOT_OURS = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    *(SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, MemoryError),
)


def redraw(source: IO[bytes], content_type: str, target: IO[bytes]) -> tuple[int, int]:
    """Write the picture in `source` to `target`, upright and bare; return its width and height.

    Raises `Invalid` for one that is too large or broken, and OSError where `target` is full.
    """
    with few_at_once():
        source.seek(0)
        with Image.open(source, formats=[FORMATS[content_type]]) as picture:
            _refuse_large(picture)
            return _write(picture, target)


def _write(picture: Image.Image, target: IO[bytes]) -> tuple[int, int]:
    frames = getattr(picture, "n_frames", 1)
    kind, options = str(picture.format), _options(picture)
    if frames > 1:
        _refuse_long(picture, frames)
        options["save_all"] = True
    if picture.getexif().get(_ORIENTATION, 1) != 1:
        picture, options = ImageOps.exif_transpose(picture), _options(picture, again=True)
    picture.info = {name: picture.info[name] for name in _KEPT if name in picture.info}
    picture.save(target, kind, **options)
    return picture.size


def _options(picture: Image.Image, *, again: bool = False) -> dict[str, Any]:
    """Return how it is written: a JPEG keeps its own quality where it need not be turned."""
    profile = picture.info.get("icc_profile") or b""
    options: dict[str, Any] = {"icc_profile": profile if len(profile) < _LARGEST_PROFILE else b""}
    if picture.format == "JPEG":
        options["quality"] = 90 if again else "keep"
    elif picture.format in ("WEBP", "AVIF"):
        options["quality"] = 90
    return options


def _refuse_large(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height <= MOST_PIXELS and max(width, height) <= LONGEST_SIDE:
        return
    raise Invalid(
        fields={
            "file": _l(
                "This picture has %(there)s megapixels (%(width)d × %(height)d); %(most)d is the "
                "most. Make it smaller and send it again.",
                there=f"{width * height / 1e6:.0f}",
                width=width,
                height=height,
                most=MOST_PIXELS // 1_000_000,
            )
        }
    )


def _refuse_long(picture: Image.Image, frames: int) -> None:
    if frames * picture.width * picture.height > MOST_ANIMATED_PIXELS:
        raise Invalid(
            fields={"file": _l("This animation is too long for a picture. Send it as a video.")}
        )


@contextmanager
def few_at_once() -> Iterator[None]:
    """Wait until there is memory for a picture; tell what decoders stumble over as a broken one.

    Raises `Invalid`; a full disk stays an OSError.
    """
    try:
        with _AT_ONCE:
            yield
    except OSError as error:
        if error.errno is not None:
            raise
        raise Invalid(fields={"file": _BROKEN}) from error
    except _NOT_OURS as error:
        raise Invalid(fields={"file": _BROKEN}) from error
