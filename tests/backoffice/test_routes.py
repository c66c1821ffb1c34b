"""The back office over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.accounts.queries import find_actor
from app.blueprints.courses.models import Course
from app.blueprints.messaging.models import Mail, MailState, Notification
from app.blueprints.profiles.models import InstructorProfile, Tier
from app.core import audit, clock
from app.core.actor import SYSTEM
from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from tests.factories import saving
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql

PAGES = [
    "/admin",
    "/admin/people",
    "/admin/courses",
    "/admin/jobs?state=all",
    "/admin/mails?state=sent",
    "/admin/audit",
]
# What the form of roles sends with one box ticked.
TICKED = {"contributor": "y", "ticked": "1"}


def make_dead_job() -> int:
    now = clock.now()
    entry = OutboxEntry(
        event_id="e" * 32,
        event_name="CoursePublished",
        handler="courses.tell",
        payload={},
        queue="default",
        due_at=now,
        created_at=now,
        dead_at=now,
        attempts=5,
        last_error="<b>no route to host</b>",
    )
    with saving():
        db.session.add(entry)
        db.session.flush()
    return entry.id


def actions() -> list[str]:
    return list(db.session.execute(select(AuditEvent.action).order_by(AuditEvent.id)).scalars())


@pytest.mark.parametrize("page", [*PAGES, "/admin/people/1"])
def test_pages_are_for_administrators(client: CheckedClient, page: str) -> None:
    assert client.get(page).location.startswith("/login?next=/admin")
    sign_in(client, make_user(roles=["contributor", "approver"]))
    assert client.get(page).status_code == 403
    sign_in(client, make_user(roles=["admin"]))
    assert client.get(page).status_code == 200


WRITES = [
    ("POST", "/admin/people/1/roles"),
    ("POST", "/admin/people/1/tier"),
    ("POST", "/admin/people/1/disabling"),
    ("DELETE", "/admin/people/1/disabling"),
    ("DELETE", "/admin/people/1/sessions"),
    ("DELETE", "/admin/courses/1"),
    ("POST", "/admin/courses/1/restoration"),
    ("POST", "/admin/jobs/1/retry"),
    ("POST", "/admin/jobs/retry"),
    ("POST", "/admin/mails/1/retry"),
]


@pytest.mark.parametrize(("method", "url"), WRITES)
def test_writes_are_for_administrators(client: CheckedClient, method: str, url: str) -> None:
    make_course(owner=make_user(roles=["contributor"]))
    assert client.open(url, method=method).status_code == 401
    sign_in(client, make_user(roles=["contributor", "approver"]))
    assert client.open(url, method=method).status_code == 403
    assert actions() == []


@pytest.mark.parametrize("page", PAGES)
def test_statements_do_not_grow_with_rows(client: CheckedClient, admin: User, page: str) -> None:
    counts = []
    for size in (2, 20):
        for number in range(size):
            owner = make_user(f"Person {number}", roles=["contributor"])
            with writing():
                audit.record(SYSTEM, "user.renamed", "user", owner.id)
            make_course(f"Course {number}", owner=owner)
        with count_sql(at_most=10) as sent:
            client.get(page)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_giving_a_role_makes_a_profile_and_is_audited(client: CheckedClient, admin: User) -> None:
    user = make_user()
    url = f"/admin/people/{user.id}/roles"
    assert client.post(url, data={**TICKED, "approver": "y"}).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(User, user.id).roles == {"contributor", "approver"}
    assert db.session.execute(select(InstructorProfile.user_id)).scalars().all() == [user.id]
    assert actions() == ["user.roles"]
    assert "Standard" in client.get(f"/admin/people/{user.id}").text
    client.post(url, data={**TICKED, "approver": "y"})
    assert actions() == ["user.roles"]


@pytest.mark.parametrize("sent", [{"data": {}}, {"json": {}}], ids=["form", "json"])
def test_roles_that_were_not_sent_are_not_taken_away(
    client: CheckedClient, admin: User, sent: dict[str, Any]
) -> None:
    user = make_user(roles=["approver", "contributor"])
    url = f"/admin/people/{user.id}"
    assert 'name="ticked"' in client.get(url).text
    assert client.post(f"{url}/roles", **sent).status_code == 422
    db.session.expire_all()
    assert db.session.get_one(User, user.id).roles == {"approver", "contributor"}
    assert client.post(f"{url}/roles", data={"ticked": "1"}).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(User, user.id).roles == frozenset()


def test_the_last_administrator_stays(client: CheckedClient, admin: User) -> None:
    url = f"/admin/people/{admin.id}"
    response = client.post(f"{url}/roles", data=TICKED)
    assert response.status_code == 409
    assert "last administrator" in response.text
    assert client.post(f"{url}/disabling").status_code == 403
    other = make_user(roles=["admin"])
    assert client.post(f"{url}/roles", data={"ticked": "1"}).status_code == 303
    assert client.get("/admin").status_code == 403
    assert find_actor(other.id) is not None


def test_choosing_a_tier(client: CheckedClient, admin: User) -> None:
    user = make_user()
    client.post(f"/admin/people/{user.id}/roles", data=TICKED)
    trusted = db.session.execute(select(Tier).filter_by(name="Trusted")).scalar_one()
    url = f"/admin/people/{user.id}/tier"
    assert client.post(url, data={"tier": str(trusted.id)}).status_code == 303
    assert client.post(url, data={"tier": "999"}).status_code == 422
    nobody = f"/admin/people/{admin.id}/tier"
    assert client.post(nobody, data={"tier": str(trusted.id)}).status_code == 404
    assert actions() == ["user.roles", "user.tier"]


def test_disabling_ends_sessions_at_once(client: CheckedClient, admin: User, app: Flask) -> None:
    user, browser = make_user(), app.test_client()
    sign_in(browser, user)
    url = f"/admin/people/{user.id}/disabling"
    assert client.post(url).status_code == 303
    assert browser.get("/settings/profile").status_code == 303
    assert client.post(f"{url}?_method=DELETE").status_code == 303
    assert browser.get("/settings/profile").status_code == 303
    assert actions() == ["user.disabled", "user.enabled"]
    assert client.post("/admin/people/999/disabling").status_code == 404


def test_logging_somebody_out_everywhere(client: CheckedClient, admin: User, app: Flask) -> None:
    user, browser = make_user(), app.test_client()
    sign_in(browser, user)
    assert client.post(f"/admin/people/{user.id}/sessions?_method=DELETE").status_code == 303
    assert browser.get("/settings/profile").status_code == 303
    assert actions() == ["user.logged_out"]


def test_deleting_and_restoring_a_course(client: CheckedClient, admin: User) -> None:
    course = make_course("Statistics without fear")
    url, back = f"/admin/courses/{course.id}", {"next": "/admin/courses?status=deleted"}
    assert client.post(f"{url}?_method=DELETE", data=back).location == back["next"]
    assert course.title in client.get("/admin/courses?status=deleted", headers=PART).text
    assert course.title not in client.get("/admin/courses?status=published").text
    assert client.post(f"{url}/restoration").status_code == 303
    assert client.post(f"{url}/restoration").status_code == 404
    db.session.expire_all()
    assert db.session.get_one(Course, course.id).deleted_at is None
    assert actions() == ["course.deleted", "course.restored"]


def test_a_failed_job_is_shown_and_tried_again(client: CheckedClient, admin: User) -> None:
    first = make_dead_job()
    text = client.get("/admin/jobs").text
    assert "courses.tell" in text
    assert "&lt;b&gt;no route" in text
    assert client.post(f"/admin/jobs/{first}/retry").status_code == 303
    assert client.post(f"/admin/jobs/{first}/retry").status_code == 409
    assert client.post("/admin/jobs/999/retry").status_code == 404
    assert "No job has failed" in client.get("/admin/jobs", headers=PART).text
    assert actions() == ["outbox.retried"]


def make_failed_mail(user: User, reason: str) -> int:
    notice = Notification(user_id=user.id, kind="let_in", about={"course": "Loops"}, key=reason)
    with writing():
        mail = Mail(notification=notice, message_id="<1@x>", state=MailState.FAILED, reason=reason)
        db.session.add(mail)
    return mail.id


def test_a_mail_that_was_given_up_is_shown_with_its_reason_and_tried_again(
    client: CheckedClient, admin: User
) -> None:
    mail_id = make_failed_mail(admin, "550 <b>no such mailbox</b>")
    text = client.get("/admin/mails").text
    assert "550 &lt;b&gt;no such mailbox" in text
    assert admin.email in text
    assert client.post(f"/admin/mails/{mail_id}/retry").status_code == 303
    assert client.post(f"/admin/mails/{mail_id}/retry").status_code == 409
    assert client.post("/admin/mails/999/retry").status_code == 404
    assert "Nothing here" in client.get("/admin/mails", headers=PART).text
    assert actions() == ["mail.again"]


def test_all_failed_jobs_are_tried_again(client: CheckedClient, admin: User) -> None:
    make_dead_job()
    assert client.post("/admin/jobs/retry").status_code == 303
    assert actions() == ["outbox.retried"]


def test_the_overview_counts(client: CheckedClient, admin: User) -> None:
    make_course(published=True)
    make_dead_job()
    text = client.get("/admin").text
    assert "1 published" in text
    assert "Database" in text
    with clock.freeze(clock.now() + timedelta(days=8)):
        sign_in(client, admin)
        assert "0 new" in client.get("/admin").text
