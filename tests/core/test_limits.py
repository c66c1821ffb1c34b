"""Limits hold, and a Redis that is away neither opens them nor holds anyone up."""

import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import create_app
from app.core.db import db
from app.core.guards import public
from app.core.limits import limiter
from app.core.security import csrf
from tests.support.databases import Database, settings_for
from tests.support.limits import count_anew

Limited = Callable[..., Flask]


@public
@limiter.limit("3 per minute")
def limited_view() -> str:
    return "done"


@pytest.fixture
def limited(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Limited]:
    """Build the application with an address that may be called three times a minute."""

    def make(**environ: str) -> Flask:
        app = create_app(settings_for(database.url, tmp_path_factory.mktemp("i"), **environ))

        view = csrf.exempt(limited_view)
        app.add_url_rule("/test/limited", view_func=view, methods=["POST"])
        return app

    yield make
    count_anew()


def call(app: Flask, times: int) -> list[int]:
    client = app.test_client()
    codes = [client.post("/test/limited").status_code for _ in range(times)]
    with app.app_context():
        db.engine.dispose()
    return codes


def test_over_the_limit_is_429(limited: Limited) -> None:
    assert call(limited(), 8) == [200, 200, 200, 429, 429, 429, 429, 429]


def test_who_is_over_the_limit_is_told_when_to_come_back(limited: Limited) -> None:
    client = limited().test_client()
    answer = [client.post("/test/limited") for _ in range(4)][-1]
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert answer.text.lstrip().lower().startswith("<!doctype html")


@pytest.mark.redis
def test_limits_are_kept_in_redis_for_all_processes(limited: Limited, redis_url: str) -> None:
    assert call(limited(REDIS_URL=redis_url), 2) == [200, 200]
    assert call(limited(REDIS_URL=redis_url), 2) == [200, 429]


@pytest.mark.parametrize("url", ["redis://127.0.0.1:9", "redis://10.255.255.1:6379"])
def test_without_redis_limits_go_on_in_memory_and_nobody_waits(limited: Limited, url: str) -> None:
    began = time.monotonic()
    assert call(limited(REDIS_URL=url), 4) == [200, 200, 200, 429]
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("redis", ["", "redis://127.0.0.1:9"], ids=["memory", "redis away"])
def test_a_write_that_names_no_limit_has_one_and_a_read_has_none(
    limited: Limited, redis: str
) -> None:
    app = limited(REDIS_URL=redis)
    app.add_url_rule("/test/read", view_func=public(lambda: "x"), endpoint="read")
    write = csrf.exempt(public(lambda: "x"))
    app.add_url_rule("/test/write", view_func=write, methods=["POST"], endpoint="write")
    client = app.test_client()
    assert {client.get("/test/read").status_code for _ in range(130)} == {200}
    codes = [client.post("/test/write").status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]


def test_an_application_without_limits_leaves_those_of_the_others(limited: Limited) -> None:
    app = limited()
    limited(RATE_LIMITS="off")
    assert call(app, 4) == [200] * 4
    count_anew()
    assert call(app, 4) == [200, 200, 200, 429]


def test_secrets_are_not_shown_again(limited: Limited) -> None:
    client = limited().test_client()
    typed = {"email": "ada@example.org", "password": "a quiet place"}
    answer = [client.post("/test/limited", data=typed) for _ in range(4)][-1]
    assert answer.status_code == 429
    assert "ada@example.org" not in answer.text
    assert "a quiet place" not in answer.text
