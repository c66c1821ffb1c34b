"""Commands about seats."""

from flask import Flask
from sqlalchemy import update

from app.blueprints.courses.models import SeatPool
from app.core.db import db, writing
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment


def test_the_audit_fails_where_a_pool_lies(app: Flask) -> None:
    course = make_course("Soil", capacity=5)
    make_enrollment(make_user(), course)
    command = ["enrollments", "audit-seats"]
    assert app.test_cli_runner().invoke(args=command).exit_code == 0
    with writing():
        db.session.execute(update(SeatPool).values(taken=4))
    result = app.test_cli_runner().invoke(args=command)
    assert result.exit_code == 1
    assert "4 said to be taken, 1 held" in result.output
