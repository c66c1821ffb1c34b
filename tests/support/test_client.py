"""The test client and the statement counter complain when they should."""

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import db
from tests.support import both_databases
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


@both_databases
def test_statements_are_counted_without_housekeeping(app: Flask) -> None:
    with count_sql() as sent:
        db.session.execute(text("SELECT 1"))
        db.session.execute(text("SELECT 2"))
    assert len(sent) == 2


def test_too_many_statements_fail(app: Flask) -> None:
    told = r"1 statements, 0 allowed:\n1\. SELECT 1"
    with pytest.raises(AssertionError, match=told), count_sql(at_most=0):
        db.session.execute(text("SELECT 1"))


@pytest.fixture
def invalid(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(app.view_functions, "security.csp_report", lambda: '<img src="/x">')
    return "/csp-reports"


def test_an_invalid_page_is_rejected(client: CheckedClient, invalid: str) -> None:
    with pytest.raises(AssertionError, match="has no alt"):
        client.post(invalid)
