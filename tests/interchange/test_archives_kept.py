"""Archives that are still to be read outlive the nightly sweep, and the end of another import."""

import io
import threading

import pytest
from flask import Flask

from app.blueprints.interchange import services
from app.blueprints.interchange.models import ImportJob, ImportState
from app.core import clock
from app.core.db import db, writing
from app.core.registries import hooks
from app.core.storage import storage
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases
from tests.support.races import at_once


@both_databases
@pytest.mark.usefixtures("app")
def test_only_what_waits_is_named() -> None:
    person = make_user()
    with saving():
        for digest, state in (("a" * 64, ImportState.WAITING), ("b" * 64, ImportState.DONE)):
            ended = clock.now() if state is ImportState.DONE else None
            db.session.add(
                ImportJob(
                    requested_by_id=person.id,
                    file_name="soil.zip",
                    digest=digest,
                    state=state,
                    ended_at=ended,
                )
            )
    named = hooks.call("storage.in_use", ["a" * 64, "b" * 64, "c" * 64])
    assert set().union(*named) == {"a" * 64}


@both_databases
def test_what_is_sent_again_while_its_import_ends_is_kept(app: Flask) -> None:
    author = actor_for(make_user(roles=["contributor"]))
    digest, _size = storage().put(io.BytesIO(b"soil"), most=10)
    with writing():
        services.request_import(author, digest=digest, file_name="soil.zip")
        db.session.query(ImportJob).update({"requested_at": clock.now().replace(year=2020)})
    is_sent, is_ended = threading.Event(), threading.Event()

    def send() -> None:
        services.request_import(author, digest=digest, file_name="soil.zip")
        storage().keep(staged)
        is_sent.set()
        is_ended.wait(0.1)  # which it cannot be before this is committed

    def end() -> None:
        is_sent.wait(0.1)
        services.give_up()
        is_ended.set()

    with storage().staged(io.BytesIO(b"soil"), most=10) as staged:
        assert at_once(app, send, end) == [None, None]
    storage().open(digest).close()
