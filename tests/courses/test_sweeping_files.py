"""Nothing that is used is swept, and nothing that is not stays for long."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from app.blueprints.accounts.models import User
from app.blueprints.courses import services
from app.blueprints.courses.models import (
    Asset,
    Blob,
    Course,
    CourseVersion,
    LessonBody,
    LessonBodyAsset,
)
from app.core import clock
from app.core.db import db, writing
from app.core.registries import hooks
from app.core.storage import storage
from tests.courses.uploading import kept_files, rows, run_media_jobs, upload
from tests.factories import files, saving
from tests.factories.accounts import actor_for
from tests.factories.courses import make_course
from tests.support import both_databases

TWO_DAYS = timedelta(days=2)


def age() -> None:
    """Let two days pass for every row and every file."""
    past = clock.now() - TWO_DAYS
    with saving():
        db.session.execute(update(Blob).values(created_at=past))
        db.session.execute(
            update(Asset).where(Asset.deleted_at.is_not(None)).values(deleted_at=past)
        )
    for path in kept_files():
        os.utime(path, (past.timestamp(), past.timestamp()))


def sweep() -> None:
    """As the nightly job does."""
    with writing():
        services.sweep_assets()
    services.sweep_files()
    db.session.rollback()


def delete(teacher: User, asset: Asset) -> None:
    with writing():
        services.delete_asset(actor_for(teacher), public_id=asset.public_id)


@pytest.fixture(autouse=True)
def _empty(app: object) -> None:
    """The storage is the run's own, so others' files are put out first."""
    for path in kept_files():
        path.unlink()


def bytes_kept() -> set[Path]:
    """The files under their digests."""
    return {path for path in kept_files() if len(path.name) == 62}


@both_databases
def test_a_deleted_file_goes_with_its_small_picture(teacher: User, course: Course) -> None:
    asset = upload(teacher, course, files.picture(size=(800, 600)))
    upload(teacher, course, files.PDF, "stays.pdf")
    run_media_jobs()
    delete(teacher, asset)
    age()
    assert (rows(), len(bytes_kept())) == ((2, 3), 3)
    sweep()
    assert (rows(), len(bytes_kept())) == ((1, 1), 1)


def test_nothing_goes_within_a_day(teacher: User, course: Course) -> None:
    delete(teacher, upload(teacher, course, files.PDF, "a.pdf"))
    sweep()
    assert (rows(), len(bytes_kept())) == ((1, 1), 1)


@both_databases
def test_what_is_in_the_library_stays_though_nothing_shows_it(
    teacher: User, course: Course
) -> None:
    upload(teacher, course, files.picture(size=(800, 600)))
    run_media_jobs()
    age()
    sweep()
    assert (rows(), len(bytes_kept())) == ((1, 2), 2)


def test_bytes_that_another_course_uses_stay(teacher: User, course: Course) -> None:
    asset = upload(teacher, course, files.PDF, "a.pdf")
    upload(teacher, make_course(owner=teacher), files.PDF, "b.pdf")
    delete(teacher, asset)
    age()
    sweep()
    assert (rows(), len(bytes_kept())) == ((1, 1), 1)


@both_databases
def test_what_is_shown_stays_even_if_it_was_deleted(teacher: User, course: Course) -> None:
    shown, cover = (upload(teacher, course, one, "a.md") for one in (b"one", b"two"))
    with saving():
        body = db.session.query(LessonBody).first()
        assert body
        db.session.add(LessonBodyAsset(body_id=body.id, asset_id=shown.id))
        db.session.query(CourseVersion).update({"cover_id": cover.id})
        db.session.query(Asset).update({"deleted_at": clock.now()})
    age()
    sweep()
    assert (rows(), len(bytes_kept())) == ((2, 2), 2)


def test_files_without_a_row_and_halves_go(teacher: User, course: Course) -> None:
    upload(teacher, course, files.PDF, "stays.pdf")
    storage().put(io.BytesIO(b"left by an import that failed"), most=1000)
    half = storage().root / "incoming" / "half"  # type: ignore[attr-defined]
    half.write_bytes(b"x")
    age()
    sweep()
    assert len(bytes_kept()) == 1
    assert not half.exists()


def test_what_a_higher_floor_keeps_stays(
    teacher: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, _ = storage().put(io.BytesIO(b"an archive that waits"), most=1000)
    monkeypatch.setitem(hooks._filled["storage.in_use"], "test", lambda found: {digest})
    age()
    sweep()
    assert len(bytes_kept()) == 1


def test_what_is_sent_again_at_this_moment_stays(
    teacher: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage().put(io.BytesIO(b"the same words"), most=1000)
    age()
    listed = type(storage()).kept_before

    def and_sent_again(self: object, before: object) -> object:
        found = list(listed(self, before))  # type: ignore[arg-type]
        storage().put(io.BytesIO(b"the same words"), most=1000)
        return iter(found)

    monkeypatch.setattr(type(storage()), "kept_before", and_sent_again)
    sweep()
    assert len(bytes_kept()) == 1
