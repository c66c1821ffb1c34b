"""How the texts of rewritten lessons differ, for those who look a version over.

A page shows only so much of it: each lesson's texts have a page of their own as well.
"""

from sqlalchemy import func, select

from app.blueprints.builder.queries.publications import PublicationPreview
from app.blueprints.courses.content.difference import BodyDifference, difference
from app.blueprints.courses.content.parsing import parse_blocks
from app.blueprints.courses.content.references import words_of
from app.blueprints.courses.models import Course, Lesson, LessonBody, LessonDraft
from app.core.db import db

# Of so many lessons, and so many characters of them together.
MOST_TEXTS = 20
MOST_SHOWN = 50_000


def text_differences(course: Course, preview: PublicationPreview) -> dict[str, BodyDifference]:
    """Return what publishing would change in the texts of rewritten lessons, by lesson key.

    Only of the first ones, as far as they fit on a page.
    """
    rewritten = preview.difference.rewritten if preview.difference else []
    keys = [one.key for one in rewritten[:MOST_TEXTS]]
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
    found: dict[str, BodyDifference] = {}
    left = MOST_SHOWN
    for key in keys:
        changed = difference(bodies[old, key], bodies[new, key])
        if (size := _size(changed)) <= left:
            found[key] = changed
            left -= size
    return found


def _size(changed: BodyDifference) -> int:
    blocks = (*changed.added, *changed.removed, *changed.moved)
    runs = (words for one in changed.rewritten for _, words in one.words)
    return sum(len(words_of(block)) for block in blocks) + sum(map(len, runs))
