"""`flask courses audit-order`."""

from flask import Flask
from sqlalchemy import update

from app.blueprints.courses.models import Lesson
from app.core.db import db, writing
from tests.factories.courses import make_course


def test_good_order_passes_and_a_gap_is_found(app: Flask) -> None:
    make_course(lessons=3)
    run = app.test_cli_runner()
    assert run.invoke(args=["courses", "audit-order"]).exit_code == 0
    with writing():
        db.session.execute(update(Lesson).where(Lesson.key == "l3").values(position=7))
    result = run.invoke(args=["courses", "audit-order"])
    assert result.exit_code == 1
    assert "0, 1, 7" in result.output
