"""Why a file is not taken."""

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _l


class NotAllowed(Invalid):
    """Bytes of a kind that is not taken, or that are not what they say."""

    status = 415
    default = _l(
        "This kind of file is not taken. Send a picture (PNG, JPEG, GIF, WebP, AVIF), a video "
        "(MP4, WebM), sound (MP3, Ogg, M4A), a PDF, an office document, plain text or captions."
    )
