"""What blocks take over from the files that they show."""

from app.blueprints.builder.rules.media import Block, FileFacts, attached, new_files
from app.blueprints.courses.models import Asset, Course
from app.blueprints.courses.queries import files_to_show


def with_files(course: Course, before: Block, after: Block) -> Block:
    """Return `after` with what it takes over from files that `before` had not.

    In one statement, or none; raises `Invalid` for a file that is not the course's or not fit.
    """
    new = new_files(before, after)
    found = files_to_show(course.id, new)
    return attached(after, {one: _facts(found.get(one)) for one in new})


def _facts(asset: Asset | None) -> FileFacts | None:
    if asset is None:
        return None
    blob = asset.blob
    return FileFacts(asset.name, blob.content_type, blob.width, blob.height)
