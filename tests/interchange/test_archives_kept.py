"""Archives that are still to be read outlive the nightly sweep."""

import pytest

from app.blueprints.interchange.models import ImportJob, ImportState
from app.core import clock
from app.core.db import db
from app.core.registries import hooks
from tests.factories import saving
from tests.factories.accounts import make_user
from tests.support import both_databases


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
