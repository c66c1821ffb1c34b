"""Mail through the outbox: once, again after a while, or never, with the reason; never lost."""

from collections.abc import Iterator
from datetime import timedelta
from email.headerregistry import Address

import pytest
from flask import Flask
from redis import RedisError
from sqlalchemy import select, update

from app.blueprints.messaging import queries, services
from app.blueprints.messaging.jobs import deliver
from app.blueprints.messaging.models import Mail, MailState
from app.blueprints.messaging.rules.tries import PAUSES
from app.blueprints.messaging.services import News
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Conflict, Forbidden
from app.core.mail.settings import MailSettings
from app.core.mail.transports import NoTransport, SmtpTransport
from app.core.outbox.models import OutboxEntry
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner, RqRunner
from app.core.redis import connect
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course
from tests.messaging.post import mails, notices_of, post, told_to
from tests.support import both_databases
from tests.support.hostile import naughty_strings
from tests.support.markup import faults_in
from tests.support.races import at_once
from tests.support.smtp_server import SmtpServer

# Mail has its styles on its elements, and no program looks for its main part.
USUAL_IN_MAIL = ("is inline", "inline attribute style", "0 main elements")


@pytest.fixture
def server(app: Flask, smtp_server: SmtpServer) -> Iterator[SmtpServer]:
    """A mail server that the application is set to."""
    folder = app.extensions["mail"]
    sender = Address("Lectern", "lectern", "school.example")
    settings = MailSettings("127.0.0.1", smtp_server.port, "none", sender)
    app.extensions["mail"] = SmtpTransport(settings, "school.example")
    yield smtp_server
    app.extensions["mail"] = folder


def tell(person: Actor, kind: str = "let_in", key: str = "k", **about: object) -> None:
    """Tell somebody something."""
    course = make_course("Loops")
    about = {"course": course.title, **about}
    with writing():
        services.tell(News(kind, key, course.id, about), [person.id])


def work() -> None:
    """Do what is due."""
    drain(LocalRunner())
    db.session.rollback()


@pytest.fixture
def ada(app: Flask) -> Actor:
    return actor_for(make_user("Ada Okafor"))


@both_databases
def test_a_notice_is_mailed_once_with_a_text_and_a_page(ada: Actor, server: SmtpServer) -> None:
    tell(ada)
    work()
    work()
    (one,) = server.delivered
    assert one.to == ada.email
    assert one.message["Subject"] == "You have a seat in “Loops”"
    assert {part.get_content_type() for part in one.message.iter_parts()} == {
        "text/plain",
        "text/html",
    }
    (mail,) = mails()
    assert (mail.state, mail.attempts, mail.message_id) == (
        MailState.SENT,
        1,
        one.message["Message-ID"],
    )


@both_databases
def test_the_same_told_twice_is_one_notice_and_one_mail(ada: Actor, server: SmtpServer) -> None:
    for _ in range(2):
        tell(ada)
        with writing():  # as if the worker had died before its mark was written
            db.session.execute(update(OutboxEntry).values(done_at=None, leased_until=None))
        work()
    assert told_to(ada) == ["let_in"]
    assert len(server.delivered) == 1


def test_a_worker_that_dies_after_the_server_took_it_repeats_the_same_mail(
    ada: Actor, server: SmtpServer
) -> None:
    tell(ada)
    deliver(mails()[0].id)  # and nothing is written down
    work()
    first, second = server.delivered
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert mails()[0].state is MailState.SENT


@both_databases
def test_a_server_that_is_busy_is_asked_again_ever_later_until_a_reason_is_left(
    ada: Actor, server: SmtpServer
) -> None:
    server.says["RCPT"] = "451 4.7.1 greylisted"
    now = clock.now()
    with clock.freeze(now):
        tell(ada)
        work()
        assert (mails()[0].state, mails()[0].reason) == (MailState.QUEUED, "451 4.7.1 greylisted")
    for pause in PAUSES:
        with clock.freeze(now + pause - timedelta(seconds=1)):
            before = mails()[0].attempts
            work()
            assert mails()[0].attempts == before
        now += pause
        with clock.freeze(now):
            work()
    (mail,) = mails()
    assert (mail.state, mail.attempts) == (MailState.FAILED, len(PAUSES) + 1)
    dead = select(OutboxEntry.id).where(OutboxEntry.dead_at.is_not(None))
    assert db.session.execute(dead).all() == []


def test_a_person_whom_the_server_does_not_know_is_not_tried_again(
    ada: Actor, server: SmtpServer
) -> None:
    server.says["RCPT"] = "550 5.1.1 no such mailbox"
    tell(ada)
    work()
    (mail,) = mails()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 1)
    assert mail.reason == "550 5.1.1 no such mailbox"
    open_jobs = select(OutboxEntry.id).where(OutboxEntry.done_at.is_(None))
    assert db.session.execute(open_jobs).all() == []


def test_a_mail_that_was_given_up_is_sent_again_by_an_administrator_only(
    ada: Actor, server: SmtpServer
) -> None:
    server.says["RCPT"] = "550 5.1.1 no such mailbox"
    tell(ada)
    work()
    admin = actor_for(make_user("Ann Admin", roles=["admin"]))
    mail_id = mails()[0].id
    with pytest.raises(Forbidden), writing():
        services.send_again(ada, mail_id=mail_id)
    server.says.clear()
    with writing():
        services.send_again(admin, mail_id=mail_id)
    work()
    assert len(server.delivered) == 1
    with pytest.raises(Conflict), writing():
        services.send_again(admin, mail_id=mail_id)


def test_without_a_mail_server_the_notice_is_there_and_the_mail_says_so(
    app: Flask, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "mail", NoTransport())
    tell(ada)
    work()
    assert told_to(ada) == ["let_in"]
    assert (mails()[0].state, mails()[0].reason[:14]) == (MailState.FAILED, "No mail server")


def test_nothing_is_lost_while_redis_is_away(ada: Actor, server: SmtpServer) -> None:
    tell(ada)
    with pytest.raises(RedisError):
        drain(RqRunner(connect("redis://127.0.0.1:1")))
    assert server.delivered == []
    work()
    assert len(server.delivered) == 1


def test_nothing_is_locked_while_a_mail_is_handed_in(ada: Actor, server: SmtpServer) -> None:
    tell(ada)
    connected: list[bool] = []
    send = SmtpTransport.send

    def looking(*args: object) -> None:
        connected.append(db.session().in_transaction())
        send(*args)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SmtpTransport, "send", looking)
        work()
    assert connected == [False]


def test_mail_of_a_topic_can_be_switched_off_and_its_notices_stay(
    ada: Actor, server: SmtpServer
) -> None:
    with writing():
        services.choose_mail(ada, topics=["offers"])
    tell(ada)
    tell(ada, "offer_expired", "k2")
    work()
    assert told_to(ada) == ["let_in", "offer_expired"]
    assert [one.message["Subject"] for one in server.delivered] == [
        "Your offer of a seat in “Loops” ran out"
    ]


@both_databases
def test_choices_that_are_saved_twice_at_one_moment_are_saved(app: Flask) -> None:
    person = actor_for(make_user())
    acts = [lambda: services.choose_mail(person, topics=["offers"])] * 6
    assert at_once(app, *acts) == [None] * 6
    assert "offers" not in queries.muted_topics(person.id)


def test_hostile_words_are_words_in_every_part(ada: Actor) -> None:
    for number, text in enumerate(list(naughty_strings())[:200]):
        shown = text.replace("\0", " ").encode(errors="replace").decode()
        tell(ada, "rejected", f"k{number}", course=shown[:200], reason=shown)
    tell(ada, "rejected", "own", course="<b>x</b>\r\nBcc: x@y.z", reason="<script>x()</script>")
    letters = post()
    assert len(letters) > 50
    for letter in letters:
        assert "Bcc" not in letter.message
        faults = faults_in(letter.part("html"))
        assert [one for one in faults if not one.endswith(USUAL_IN_MAIL)] == []
    assert any("&lt;script&gt;x()" in one.part("html") for one in letters)


def test_old_notices_are_forgotten_and_addresses_sooner(ada: Actor) -> None:
    tell(ada)
    with writing():
        about = {"course": "Loops", "name": "Ines", "invitation": 1}
        services.tell_address(News("invited", "a", None, about), "guest@example.org")
    for days, left in ((59, 2), (61, 1), (364, 1), (366, 0)):
        with clock.freeze(clock.now() + timedelta(days=days)), writing():
            services.forget()
        assert len(db.session.execute(select(Mail)).all()) == left
    assert notices_of(ada) == []
