"""What a version looks like from outside, and at what pace it goes."""

from app.blueprints.builder.errors import Unchanged
from app.blueprints.builder.services.frame import open_board
from app.blueprints.courses.models import CourseVersion
from app.blueprints.courses.rules.pacing import Pacing
from app.blueprints.courses.services.uploads import Upload, add_upload
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.files import FileKind
from app.core.i18n import lazy_gettext as _l


def set_cover(actor: Actor, *, course_id: int, upload: Upload) -> CourseVersion:
    """Let the working version have this picture; raises `Forbidden`, `NoRoom` and `Invalid`."""
    if upload.file_type.kind is not FileKind.IMAGE:
        raise Invalid(fields={"file": _l("A cover is a picture: PNG, JPEG, GIF or WebP.")})
    board = open_board(actor, course_id)
    asset = add_upload(actor, course_id=course_id, upload=upload)
    board.version.cover_id = asset.id
    board.done("set_cover", _l("Cover changed."), payload={}, inverse=None, shows=False)
    return board.version


def remove_cover(actor: Actor, *, course_id: int) -> CourseVersion:
    """Let the working version have the cover that is drawn from its address; raises `Unchanged`."""
    board = open_board(actor, course_id)
    if board.version.cover_id is None:
        raise Unchanged
    board.version.cover_id = None
    board.done("set_cover", _l("Cover changed."), payload={}, inverse=None, shows=False)
    return board.version


def set_pacing(actor: Actor, *, course_id: int, pacing: Pacing) -> CourseVersion:
    """Let the working version go at this pace; raises `Forbidden`, `Invalid`, `Unchanged`."""
    if pacing.missing == "starts_on":
        raise Invalid(fields={"starts_on": _l("Say when the first module opens.")})
    if pacing.missing:
        raise Invalid(fields={"every_days": _l("Between 1 and 365 days.")})
    board = open_board(actor, course_id)
    if Pacing.from_json(board.version.pacing).to_json() == pacing.to_json():
        raise Unchanged
    board.version.pacing = pacing.to_json()
    board.done("set_pacing", _l("Pace changed."), payload={}, inverse=None, shows=False)
    return board.version
