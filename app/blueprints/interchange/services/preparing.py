"""What takes long about an import: storing its images, cleaning and drawing its texts."""

import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.builder.services.texts import drawn_text
from app.blueprints.courses.policies import can_create_course, can_edit_course
from app.blueprints.courses.queries import get_course, outline, shown_in_builder
from app.blueprints.interchange import queries
from app.blueprints.interchange.markdown import Block, ReadCourse, ReadImage
from app.blueprints.interchange.markdown.pictures import MAX_BYTES
from app.blueprints.interchange.rules import keep_keys
from app.core.actor import Actor
from app.core.errors import Forbidden, Invalid
from app.core.files.images import FORMATS, redraw
from app.core.i18n import lazy_gettext as _l
from app.core.storage import storage


@dataclass(frozen=True, slots=True)
class StoredImage:
    """An image whose bytes are kept, and the public id that its asset has or will have."""

    image: ReadImage
    public_id: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class PreparedCourse:
    """Everything that an import writes; `texts` are the columns of drafts, by lesson key."""

    read: ReadCourse
    course_id: int | None
    overwrite: bool
    images: tuple[StoredImage, ...]
    texts: Mapping[str, dict[str, Any]]


def prepare_course(
    actor: Actor,
    read: ReadCourse,
    *,
    course_id: int | None = None,
    overwrite: bool = False,
    tell: Callable[[int], None] = lambda done: None,
) -> PreparedCourse:
    """Store and draw what was read, for a new course or for the one of `course_id`.

    `overwrite` says that texts which somebody changed here since the last import are replaced;
    `tell` is called with the number of lessons that are drawn.
    Call it before `writing()`; raises `Forbidden`, `NotFound` and `Invalid`.
    """
    allowed = (
        can_create_course(actor)
        if course_id is None
        else can_edit_course(actor, get_course(course_id))
    )
    if not allowed:
        raise Forbidden
    images = _stored(read, course_id)
    ids = {one.image.path: one.public_id for one in images}
    before = _texts_there(course_id)
    texts = {}
    for done, lesson in enumerate(read.lessons):
        tell(done)
        blocks = keep_keys(before.get(lesson.key, []), lesson.with_assets(ids.__getitem__))
        texts[lesson.key] = drawn_text(blocks)
    return PreparedCourse(read, course_id, overwrite, images, texts)


def _stored(read: ReadCourse, course_id: int | None) -> tuple[StoredImage, ...]:
    kept = [(image, *_keep(image)) for image in read.images]
    digests = {digest for _, digest, _ in kept}
    there = queries.asset_ids(course_id, digests) if course_id else {}
    ids = {digest: there.get(digest) or secrets.token_hex(16) for digest in digests}
    return tuple(StoredImage(image, ids[digest], digest, size) for image, digest, size in kept)


def _keep(image: ReadImage) -> tuple[str, int]:
    """Keep the picture as an upload of it would be kept; drawings, which were read, as they are."""
    with image.file.open("rb") as stream, tempfile.SpooledTemporaryFile(MAX_BYTES) as bare:
        content_type = image.picture.content_type
        if content_type not in FORMATS:
            return storage().put(stream, most=MAX_BYTES)
        try:
            redraw(stream, content_type, bare)
        except Invalid as error:
            words = _l("%(path)s: %(why)s", path=image.path, why=error.fields["file"])
            raise Invalid(words) from error
        bare.seek(0)
        return storage().put(bare, most=2 * MAX_BYTES)


def _texts_there(course_id: int | None) -> dict[str, list[Block]]:
    if course_id is None:
        return {}
    version = shown_in_builder(get_course(course_id))
    return {key: lesson_text(version.id, key).blocks for key in outline(version).lessons}
