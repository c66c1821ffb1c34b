"""Subjects, categories and tags, as administrators keep them."""

import pytest
from flask import Flask

from app.blueprints.courses.models import Category, Subject, Tag
from app.core.db import db
from tests.factories import saving
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, make_subject
from tests.support.client import CheckedClient
from tests.support.sql import count_sql

TABLES = {"subjects": Subject, "categories": Category, "tags": Tag}


@pytest.fixture
def office(app: Flask, client: CheckedClient) -> CheckedClient:
    sign_in(client, make_user(roles=["admin"]))
    return client


@pytest.mark.parametrize("kind", TABLES)
def test_adding_renaming_and_deleting(office: CheckedClient, kind: str) -> None:
    address = f"/admin/terms/{kind}"
    assert office.post(address, data={"name": "  Soil   science "}).location == address
    term = db.session.query(TABLES[kind]).one()
    assert (term.name, term.slug) == ("Soil science", "soil-science")
    with count_sql(at_most=10):
        assert "Soil science" in office.get(address).text
    assert office.post(address, data={"name": "SOIL science"}).status_code == 422
    assert office.post(address, data={"name": "…"}).status_code == 422
    number = term.id
    assert office.put(f"{address}/{number}", data={"name": "Earth"}).status_code == 303
    assert office.put(f"{address}/{number}", data={"name": ""}).status_code == 422
    assert office.put(f"{address}/999", data={"name": "x"}).status_code == 404
    assert db.session.query(TABLES[kind]).one().name == "Earth"
    assert office.delete(f"{address}/{number}").status_code == 303
    assert db.session.query(TABLES[kind]).count() == 0


def test_a_subject_in_use_stays(office: CheckedClient) -> None:
    subject = make_subject("Soil")
    make_course(subject=subject)
    refused = office.delete(f"/admin/terms/subjects/{subject.id}")
    assert refused.status_code == 409
    assert "Move them to another subject first" in refused.text


def test_strangers_see_a_renamed_subject_at_once(office: CheckedClient, app: Flask) -> None:
    subject = make_subject("Soil")
    make_course("Clay", subject=subject, slug="clay")
    stranger = app.test_client()
    assert "Soil" in stranger.get("/courses/clay").text
    office.put(f"/admin/terms/subjects/{subject.id}", data={"name": "Ground"})
    assert "Ground" in stranger.get("/courses/clay").text


def test_only_administrators(client: CheckedClient) -> None:
    with saving():
        db.session.add(Tag(name="soil", slug="soil"))
    sign_in(client, make_user(roles=["approver"]))
    assert client.get("/admin/terms/tags").status_code == 403
    assert client.post("/admin/terms/tags", data={"name": "x"}).status_code == 403
    assert client.delete("/admin/terms/tags/1").status_code == 403
    sign_in(client, make_user(roles=["admin"]))
    assert client.get("/admin/terms/other").status_code == 404
    assert client.post("/admin/terms/other", data={"name": "x"}).status_code == 404
