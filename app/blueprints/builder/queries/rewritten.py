"""How the texts of rewritten lessons differ, for those who look a version over."""

from sqlalchemy import func, select

from app.blueprints.builder.queries.publications import PublicationPreview
from app.blueprints.courses.content.difference import BodyDifference, difference
from app.blueprints.courses.content.parsing import parse_blocks
from app.blueprints.courses.models import Course, Lesson, LessonBody, LessonDraft
from app.core.db import db


def text_differences(course: Course, preview: PublicationPreview) -> dict[str, BodyDifference]:
    """Return what publishing would change in the texts of rewritten lessons, by lesson key."""
    keys = [one.key for one in preview.difference.rewritten] if preview.difference else []
    old, new = course.current_version_id, preview.version.id
    if not keys or old is None:
        return {}
    rows = db.session.execute(
        select(
            Lesson.version_id,
            Lesson.key,
            func.coalesce(LessonDraft.blocks, LessonBody.blocks, "[]"),
        )
        .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
        .where(Lesson.version_id.in_((old, new)), Lesson.key.in_(keys))
    )
    bodies = {(version_id, key): parse_blocks(blocks) for version_id, key, blocks in rows}
    return {key: difference(bodies[old, key], bodies[new, key]) for key in keys}
