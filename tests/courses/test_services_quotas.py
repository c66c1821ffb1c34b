"""Quotas: what a tier allows is all that anybody gets, also at once, and is told with figures."""

import io
import os
import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.blueprints.accounts.models import User
from app.blueprints.courses import services
from app.blueprints.courses.errors import NoRoom, OverQuota
from app.blueprints.courses.models import Asset, Course
from app.blueprints.courses.queries import stored_bytes
from app.blueprints.courses.queries.usage import courses_begun
from app.blueprints.courses.services import assets, quotas
from app.blueprints.courses.services.uploads import add_upload, received
from app.blueprints.profiles.models import STANDARD, InstructorProfile, Tier
from app.blueprints.profiles.queries import quotas_of
from app.blueprints.profiles.services import become_instructor
from app.core import clock
from app.core.db import db, writing
from app.core.storage import TooLarge
from tests.courses.uploading import kept_files, rows, upload
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course
from tests.support import both_databases

KILOBYTE = 1024


def allow(user: User, **most: int) -> None:
    """Put `user` into a tier of these quotas."""
    with saving():
        tier = Tier(name=f"Tier {user.id}", **{**STANDARD, **most})
        db.session.add(InstructorProfile(user_id=user.id, tier=tier))


def text(size: int) -> bytes:
    """A text of that many bytes, never the same."""
    return os.urandom(size // 2).hex().encode()


@both_databases
def test_a_file_beyond_the_quota_is_refused_with_figures(teacher: User, course: Course) -> None:
    allow(teacher, most_bytes=300 * KILOBYTE)
    upload(teacher, course, text(200 * KILOBYTE), "a.txt")
    before = kept_files()
    with pytest.raises(NoRoom) as refused:
        upload(teacher, course, text(150 * KILOBYTE), "b.txt")
    assert str(refused.value).startswith(
        "There is no room for this file of 150 kB: 200 kB of your 300 kB are used."
    )
    assert kept_files() == before
    assert rows() == (1, 1)
    upload(teacher, course, text(100 * KILOBYTE), "c.txt")
    assert stored_bytes(teacher.id) == 300 * KILOBYTE


def test_the_same_file_in_the_same_course_takes_no_more_room(teacher: User, course: Course) -> None:
    allow(teacher, most_bytes=300 * KILOBYTE)
    content = text(200 * KILOBYTE)
    first = upload(teacher, course, content, "a.txt")
    assert upload(teacher, course, content, "b.txt").id == first.id
    with pytest.raises(NoRoom):
        upload(teacher, make_course(owner=teacher), content, "a.txt")


def test_what_is_deleted_makes_room(teacher: User, course: Course) -> None:
    allow(teacher, most_bytes=300 * KILOBYTE)
    asset = upload(teacher, course, text(200 * KILOBYTE), "a.txt")
    with writing():
        services.delete_asset(actor_for(teacher), public_id=asset.public_id)
    assert stored_bytes(teacher.id) == 0
    upload(teacher, course, text(200 * KILOBYTE), "b.txt")


def test_a_file_may_be_as_large_as_the_tier_says(teacher: User, course: Course) -> None:
    allow(teacher, most_file_bytes=100 * KILOBYTE)
    upload(teacher, course, text(100 * KILOBYTE), "a.txt")
    with pytest.raises(TooLarge, match="larger than 100 kB"):
        upload(teacher, course, text(100 * KILOBYTE + 2), "b.txt")


def send_at_once(app: Flask, teacher: User, course: Course, number: int) -> list[object]:
    """What came of that many files of 100 kB, all ready before the first is written down."""
    ready, results = threading.Barrier(number, timeout=30), list[object]()

    def one() -> None:
        with app.app_context():
            actor = actor_for(teacher)
            content = io.BytesIO(text(100 * KILOBYTE))
            with received(actor, course, stream=content, name="a.txt") as found:
                ready.wait()
                try:
                    with writing():
                        add_upload(actor, course_id=course.id, upload=found)
                    results.append("kept")
                except NoRoom:
                    results.append("refused")

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@both_databases
def test_many_at_once_never_take_more_than_there_is(
    app: Flask, teacher: User, course: Course
) -> None:
    allow(teacher, most_bytes=350 * KILOBYTE)
    before = len(kept_files())
    results = send_at_once(app, teacher, course, 8)
    assert sorted(map(str, results)) == ["kept"] * 3 + ["refused"] * 5
    db.session.rollback()
    assert stored_bytes(teacher.id) == 300 * KILOBYTE
    assert len(kept_files()) == before + 3


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_without_the_lock_they_would(
    app: Flask, teacher: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(teacher, most_bytes=350 * KILOBYTE)
    looked = threading.Barrier(8, timeout=30)

    def unlocked(actor: Any) -> Tier:
        tier = quotas_of(actor.id)
        stored_bytes(actor.id)
        return tier

    def counted(user_id: int) -> int:
        found = stored_bytes(user_id)
        looked.wait()
        return found

    monkeypatch.setattr(quotas, "hold", unlocked)
    monkeypatch.setattr(assets, "hold", unlocked)
    monkeypatch.setattr(quotas, "stored_bytes", counted)
    send_at_once(app, teacher, course, 8)
    db.session.rollback()
    assert stored_bytes(teacher.id) > 350 * KILOBYTE


def create(teacher: User) -> Course:
    with writing():
        return services.create_course(actor_for(teacher), title="Soil")


@both_databases
def test_no_more_courses_than_the_tier_says(teacher: User) -> None:
    allow(teacher, most_courses=2)
    create(teacher)
    second = create(teacher)
    with pytest.raises(OverQuota, match="Courses that you own: 2 of 2"):
        create(teacher)
    with writing():
        services.delete_course(actor_for(teacher), course_id=second.id)
    create(teacher)


@both_databases
def test_only_so_many_courses_within_a_day(teacher: User) -> None:
    allow(teacher, most_courses_a_day=2)
    first = create(teacher)
    create(teacher)
    with pytest.raises(OverQuota) as refused:
        create(teacher)
    assert "began within a day: 2 of 2" in str(refused.value)
    assert "the next one in 24 h" in str(refused.value)
    with saving():
        db.session.execute(
            update(Course)
            .where(Course.id == first.id)
            .values(created_at=clock.now() - timedelta(hours=25))
        )
    create(teacher)


def test_deleting_does_not_begin_the_day_anew(teacher: User) -> None:
    allow(teacher, most_courses_a_day=1)
    gone = create(teacher)
    with writing():
        services.delete_course(actor_for(teacher), course_id=gone.id)
    with pytest.raises(OverQuota):
        create(teacher)
    since = clock.now() - timedelta(days=1)
    assert (begun := courses_begun(teacher.id, since=since)).owned == 0
    assert len(begun.lately) == 1


def test_those_without_a_tier_have_the_default_one(app: Flask) -> None:
    somebody = make_user()
    assert quotas_of(somebody.id).most_bytes == STANDARD["most_bytes"]
    with saving():
        become_instructor(make_user().id)
        default = db.session.execute(select(Tier).filter_by(is_default=True)).scalar_one()
        default.most_bytes = 7
    assert quotas_of(somebody.id).most_bytes == 7


def test_a_file_counts_for_who_sent_it(teacher: User, course: Course) -> None:
    upload(teacher, course, text(10 * KILOBYTE), "a.txt")
    admin = make_user(roles=["admin"])
    upload(admin, course, text(20 * KILOBYTE), "b.txt")
    assert stored_bytes(teacher.id) == 10 * KILOBYTE
    assert stored_bytes(admin.id) == 20 * KILOBYTE
    assert db.session.execute(select(Asset.owner_id)).scalars().all() == [teacher.id, admin.id]
