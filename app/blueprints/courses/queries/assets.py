"""Uses of stored bytes: who may show them, and where they are shown."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, String, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.blueprints.courses.models import (
    Arrival,
    Asset,
    AssetShare,
    Course,
    CourseInstructor,
    CourseVersion,
    Lesson,
    LessonBodyAsset,
    LessonDraft,
)
from app.core.actor import Actor
from app.core.addresses import root
from app.core.db import db
from app.core.pagination import Page, paginate


@dataclass(frozen=True, slots=True)
class Place:
    """A lesson (or, without a key, a course's cover) that shows a file."""

    course_id: int
    slug: str
    key: str
    title: str

    @property
    def address(self) -> str:
        """Return where the builder shows the lesson, which is a page of a floor above."""
        return f"{root()}/teaching/{self.slug}/lessons/{self.key}"


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a file is shown: in courses that somebody teaches, and in how many others."""

    places: list[Place]
    others: int


def find_asset(public_id: str) -> Asset | None:
    """Return the live asset with its blob, in one statement."""
    statement = (
        select(Asset)
        .options(joinedload(Asset.blob, innerjoin=True))
        .where(Asset.public_id == public_id, Asset.deleted_at.is_(None))
    )
    return db.session.execute(statement).scalar_one_or_none()


def find_own_asset(user_id: int, public_id: str, *, lock: bool = False) -> Asset | None:
    """Return the live asset if it is this person's; `lock` its row if asked."""
    statement = select(Asset).filter_by(public_id=public_id, owner_id=user_id, deleted_at=None)
    if lock:
        statement = statement.with_for_update()
    return db.session.execute(statement).scalar_one_or_none()


def find_arrival(course_id: int, user_id: int, token: str, *, lock: bool = False) -> Arrival | None:
    """Return the file of that token that this person sends into the course; `lock` it if asked."""
    statement = select(Arrival).filter_by(course_id=course_id, owner_id=user_id, token=token)
    if lock:
        statement = statement.with_for_update()
    return db.session.execute(statement).scalar_one_or_none()


def known_assets(course_id: int, public_ids: Iterable[str]) -> set[str]:
    """Return those of the ids that are files which the course may show: its own and shared ones."""
    shared = select(AssetShare.asset_id).where(AssetShare.course_id == course_id)
    statement = select(Asset.public_id).where(
        Asset.public_id.in_(list(public_ids)),
        Asset.deleted_at.is_(None),
        or_(Asset.course_id == course_id, Asset.id.in_(shared)),
    )
    return set(db.session.execute(statement).scalars())


def courses_showing(asset: Asset) -> list[int]:
    """Return the numbers of the other courses that show the asset: copies of its own."""
    statement = select(AssetShare.course_id).where(AssetShare.asset_id == asset.id)
    return list(db.session.execute(statement).scalars())


def files_of(user_id: int, page: int) -> Page[Asset]:
    """Return the files that this person sent, newest first, each with its course and blob."""
    statement = (
        select(Asset)
        .options(joinedload(Asset.blob, innerjoin=True), joinedload(Asset.course, innerjoin=True))
        .where(Asset.owner_id == user_id, Asset.deleted_at.is_(None))
        .order_by(Asset.id.desc())
    )
    return paginate(statement, page)


def shown_to(actor: Actor, assets: Iterable[Asset]) -> dict[int, Shown]:
    """Return where these are shown, by asset, in any version: four statements.

    What others write in their courses is theirs: of those there is a number only.
    """
    places = _places_of(list(assets))
    ours = _taught_by(actor, {one.course_id for found in places.values() for one in found})
    return {
        asset_id: Shown(
            [one for one in found if one.course_id in ours],
            len({one.course_id for one in found} - ours),
        )
        for asset_id, found in places.items()
    }


def _taught_by(actor: Actor, courses: set[int]) -> set[int]:
    """Return those of the courses that `actor` works in, as `can_teach` has it."""
    if actor.is_admin:
        return courses
    statement = select(CourseInstructor.course_id).where(
        CourseInstructor.user_id == actor.id, CourseInstructor.course_id.in_(courses)
    )
    return set(db.session.execute(statement).scalars())


def _places_of(assets: list[Asset]) -> dict[int, list[Place]]:
    numbers, ids = {one.public_id: one.id for one in assets}, [one.id for one in assets]
    places: dict[int, dict[Place, None]] = defaultdict(dict)
    if not assets:
        return {}
    for row in db.session.execute(_in_bodies(ids)):
        places[row.asset_id][Place(row.course_id, row.slug, row.key, row.title)] = None
    for row in db.session.execute(_in_drafts(ids)):
        for public_id in set(row.asset_ids) & set(numbers):
            place = Place(row.course_id, row.slug, row.key, row.title)
            places[numbers[public_id]][place] = None
    for row in db.session.execute(_as_covers(ids)):
        places[row.asset_id][Place(row.course_id, row.slug, "", row.title)] = None
    return {asset_id: list(found) for asset_id, found in places.items()}


def is_shown(asset: Asset) -> bool:
    """Tell whether any version, published, old or being written, shows the asset."""
    drafts = _in_drafts([asset.id]).with_only_columns(Lesson.id).order_by(None)
    drafts = drafts.where(cast(LessonDraft.asset_ids, String).contains(asset.public_id))
    bodies = exists().where(LessonBodyAsset.asset_id == asset.id)
    covers = exists().where(CourseVersion.cover_id == asset.id)
    return bool(db.session.execute(select(bodies | covers | drafts.exists())).scalar_one())


def _in_bodies(ids: list[int]) -> Select[*tuple[object, ...]]:
    return (
        select(
            LessonBodyAsset.asset_id,
            Course.id.label("course_id"),
            Course.slug,
            Lesson.key,
            func.max(Lesson.title).label("title"),
        )
        .join(Lesson, Lesson.body_id == LessonBodyAsset.body_id)
        .join(CourseVersion, CourseVersion.id == Lesson.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(LessonBodyAsset.asset_id.in_(ids))
        .group_by(LessonBodyAsset.asset_id, Course.id, Course.slug, Lesson.key)
        .order_by(Course.id, Lesson.key)
    )


def _in_drafts(ids: list[int]) -> Select[*tuple[object, ...]]:
    """Drafts of the courses that may show these; which of them they show, they say themselves."""
    homes = select(Asset.course_id).where(Asset.id.in_(ids))
    copies = select(AssetShare.course_id).where(AssetShare.asset_id.in_(ids))
    return (
        select(
            LessonDraft.asset_ids,
            Course.id.label("course_id"),
            Course.slug,
            Lesson.key,
            Lesson.title,
        )
        .join(Lesson, Lesson.id == LessonDraft.lesson_id)
        .join(CourseVersion, CourseVersion.id == Lesson.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.id.in_(homes) | Course.id.in_(copies))
        .order_by(Course.id, Lesson.key)
    )


def _as_covers(ids: list[int]) -> Select[*tuple[object, ...]]:
    return (
        select(
            CourseVersion.cover_id.label("asset_id"),
            Course.id.label("course_id"),
            Course.slug,
            Course.title,
        )
        .join(Course, Course.id == CourseVersion.course_id)
        .where(CourseVersion.cover_id.in_(ids))
        .distinct()
    )
