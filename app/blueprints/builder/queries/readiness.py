"""How ready a version is: what its outline says, and what its texts and their assets say."""

from sqlalchemy import select

from app.blueprints.builder.rules.readiness import Readiness, Surroundings, readiness_of
from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import Asset, Course, CourseVersion
from app.blueprints.courses.rules.outline import Outline
from app.core.db import db

# A statement takes so many values; what a version shows beyond them is not looked for.
MOST_ASSETS = 30_000


def version_readiness(course: Course, version: CourseVersion) -> Readiness:
    """Return what is to be mended in `version` as it is now, in three statements at most."""
    return outline_readiness(course, courses.outline(version, facts=True))


def outline_readiness(course: Course, outline: Outline) -> Readiness:
    """Return what is to be mended in a version of this outline, which has facts of its texts."""
    return readiness_of(outline, Surroundings(course.slug, _gone(outline)))


def _gone(outline: Outline) -> frozenset[str]:
    """Return which of the assets that its texts show there are not."""
    texts = [lesson.facts for lesson in outline.lessons.values() if lesson.facts]
    named = sorted({asset for one in texts for asset in one.assets})[:MOST_ASSETS]
    if not named:
        return frozenset()
    there = select(Asset.public_id).where(Asset.public_id.in_(named), Asset.deleted_at.is_(None))
    return frozenset(named) - frozenset(db.session.execute(there).scalars())
