"""The style guide: every page of it is valid, and real schools do not have it."""

from dataclasses import replace

import pytest
from flask import Flask

from app.blueprints.home.routes.styleguide import PAGES, icon_names
from tests.support.client import CheckedClient


def test_every_component_is_shown_in_both_themes(client: CheckedClient) -> None:
    page = client.get("/styleguide").text
    assert page.count('data-theme="light"') == page.count('data-theme="dark"') > 10
    assert all(f"#{name}" in page for name in icon_names())


@pytest.mark.parametrize("name", PAGES)
def test_every_example_page_is_valid(client: CheckedClient, name: str) -> None:
    assert client.get(f"/styleguide/{name}").status_code == 200


def test_an_unknown_example_is_not_there(client: CheckedClient) -> None:
    assert client.get("/styleguide/nothing").status_code == 404


def test_real_schools_have_no_style_guide(app: Flask, client: CheckedClient) -> None:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, environment="production")
    try:
        assert client.get("/styleguide").status_code == 404
        assert client.get("/styleguide/board").status_code == 404
    finally:
        app.config["SETTINGS"] = settings
