"""Kept partials: drawn once, from nothing but their values."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import DictLoader, UndefinedError

from app.core import partials
from app.core.partials import kept_partial


@pytest.fixture
def templates(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    templates: dict[str, str] = {}
    impersonal = partials._without_persons(app.jinja_env)
    monkeypatch.setattr(impersonal, "loader", DictLoader(templates))
    with app.test_request_context("/"):
        yield templates


def test_the_same_values_are_drawn_once(templates: dict[str, str]) -> None:
    templates["_name.html"] = "<b>{{ name }}</b>"
    drawn = kept_partial("_name.html", name="<Ada>")
    assert drawn == "<b>&lt;Ada&gt;</b>"
    assert kept_partial("_name.html", name="<Ada>") is drawn
    assert kept_partial("_name.html", name="Grace") == "<b>Grace</b>"


@pytest.mark.parametrize("name", partials.PERSONAL)
def test_what_is_somebodys_own_cannot_be_named(templates: dict[str, str], name: str) -> None:
    for number, use in enumerate((f"{{{{ {name} }}}}", f"{{{{ {name}() }}}}")):
        templates[f"_{name}{number}.html"] = use
        with pytest.raises(UndefinedError):
            kept_partial(f"_{name}{number}.html")
        templates[f"macro_{name}{number}.html"] = f"{{% macro tell() %}}{use}{{% endmacro %}}"
        templates[f"_by_{name}{number}.html"] = (
            f"{{% from 'macro_{name}{number}.html' import tell %}}{{{{ tell() }}}}"
        )
        with pytest.raises(UndefinedError):
            kept_partial(f"_by_{name}{number}.html")
