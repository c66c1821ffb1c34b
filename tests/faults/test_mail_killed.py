"""The worker is killed after a mail server took a mail: it goes out once more, as the same mail."""

import os
import signal

import pytest
from sqlalchemy import select, update

from app.blueprints.messaging import services
from app.blueprints.messaging.models import Mail, MailState
from app.blueprints.messaging.services import News
from app.core import clock
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.support.servers import StartSchool
from tests.support.smtp_server import SmtpServer
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]


def state() -> MailState:
    db.session.rollback()
    return db.session.execute(select(Mail.state)).scalar_one()


def let_the_lease_pass() -> None:
    """As if what a job of this queue may take had gone by."""
    with writing():
        now = clock.db_now()
        held = OutboxEntry.leased_until.is_not(None)
        db.session.execute(update(OutboxEntry).where(held).values(leased_until=now, due_at=now))


def test_a_mail_is_repeated_at_most_once_more_with_the_same_id(
    start_school: StartSchool, smtp_server: SmtpServer
) -> None:
    smtp_server.waits["."] = 5.0  # it has the mail, and has not said so yet
    school = start_school(
        web=False,
        worker=False,
        MAIL_URL=smtp_server.url(),
        MAIL_FROM="Lectern <lectern@school.example>",
    )
    with school.app.app_context():
        ada, course = make_user(), make_course("Loops")
        with writing():
            services.tell(News("let_in", "k", course.id, {"course": "Loops"}), [ada.id])
        worker = school.command("worker", "--local")
        wait_until(lambda: smtp_server.delivered, 30, "handing the mail in")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        smtp_server.waits.clear()
        assert state() is MailState.QUEUED
        let_the_lease_pass()
        school.command("worker", "--local")
        wait_until(lambda: state() is MailState.SENT, 30, "sending it again")
    first, second = smtp_server.delivered
    assert first.message["Message-ID"] == second.message["Message-ID"]
