"""Files that people send into a course: told by their bytes, written aside, then kept.

    with received(actor, course, stream=…, name=…) as upload:
        with writing():
            asset = add_upload(actor, course_id=course.id, upload=upload)

What is refused on the way, or cut off, leaves neither a row nor a file.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from app.blueprints.courses.models import Asset, Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import get_course
from app.blueprints.courses.services.assets import create_asset
from app.blueprints.profiles.queries import quotas_of
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.files import FileKind, FileType, detect, tidy_name
from app.core.files.images import redraw
from app.core.storage import Staged, storage

_IN_MEMORY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is written aside and fit to be kept; sizes in bytes and pixels."""

    staged: Staged
    file_type: FileType
    name: str
    width: int | None = None
    height: int | None = None


@contextmanager
def received(actor: Actor, course: Course, *, stream: IO[bytes], name: str) -> Iterator[Upload]:
    """Give what `stream` holds as an upload for `course`; call it outside `writing()`.

    Raises `Forbidden`, `NotAllowed` (415), `TooLarge` (413) and `Invalid` (422).
    """
    if not can_edit_course(actor, course):
        raise Forbidden
    most = quotas_of(actor.id).most_file_bytes
    file_type = detect(stream, name)
    tidied = tidy_name(name, file_type)
    if file_type.kind is not FileKind.IMAGE:
        with storage().staged(stream, most=most) as staged:
            yield Upload(staged, file_type, tidied)
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as bare:
        width, height = redraw(stream, file_type.content_type, bare)
        bare.seek(0)
        with storage().staged(bare, most=most) as staged:
            yield Upload(staged, file_type, tidied, width, height)


def add_upload(actor: Actor, *, course_id: int, upload: Upload) -> Asset:
    """Record the upload as an asset of the course and keep its bytes.

    Raises `Forbidden` and `NoRoom`.
    """
    asset = add_kept(actor, course_id=course_id, upload=upload)
    # Last, so that a refusal leaves no file; a file whose commit fails is swept.
    storage().keep(upload.staged)
    return asset


def add_kept(actor: Actor, *, course_id: int, upload: Upload) -> Asset:
    """Record an upload whose bytes are kept already; raises `Forbidden` and `NoRoom`."""
    return create_asset(
        actor,
        get_course(course_id),
        digest=upload.staged.digest,
        size=upload.staged.size,
        content_type=upload.file_type.content_type,
        name=upload.name,
        width=upload.width,
        height=upload.height,
    )
