"""Words in the reader's language; the one door to Flask-Babel for code without a request."""

from functools import lru_cache
from typing import Any

import flask_babel
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

LANGUAGES = ("en",)
MOST_TEXTS = 8_192


class LazyText(LazyString):  # type: ignore[misc]
    """A text that is put into words when it is shown.

    It is text: pages escape it. Flask-Babel's own calls itself HTML, so that a title within it
    would become markup.
    """

    def __init__(self, text: str, **values: Any) -> None:
        super().__init__(gettext, text, **values)
        self.plain, self.values = text, values

    def __html__(self) -> str:
        return str(escape(str(self)))


def gettext(text: str, **values: Any) -> str:
    """Return `text` in the reader's language."""
    said = _said(language(), text)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """Return the form of a text that goes with `num`, in the reader's language."""
    return str(flask_babel.ngettext(one, many, num, **values))


def lazy_gettext(text: str, **values: Any) -> LazyText:
    """Return `text` to be put into the language of whoever reads it later."""
    return LazyText(text, **values)


def stored(text: str | LazyText) -> dict[str, Any]:
    """Return what `spoken` needs to put `text` into the language of whoever reads it later."""
    if isinstance(text, LazyText):
        return {"text": text.plain, "values": {k: str(v) for k, v in text.values.items()}}
    return {"text": text, "values": {}}


def spoken(text: dict[str, Any]) -> str:
    """Return a stored text in the reader's language."""
    return gettext(text["text"], **text["values"]) if text["text"] else ""


def language() -> str:
    """Return the reader's language, such as "en"; empty where nobody reads.

    Pages ask for it hundreds of times, so it is noted at the first.
    """
    if not has_app_context():
        return ""
    noted = g._get_current_object()  # each look through `g` costs
    known: str | None = noted.get("language")
    if known is None:
        known = noted.language = str(flask_babel.get_locale())
    return known


def choose_language() -> str:
    """Return the best of the languages we have for who asks."""
    if not has_request_context():
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


@pass_eval_context
def shown(context: EvalContext, text: str, /, **values: Any) -> str:
    """Return `text` as templates show it: what is put into a page's text is escaped.

    Pages hold hundreds of texts, and looking each up anew was a third of what they cost.
    """
    if context.autoescape:
        known = language()
        return _html(known, text) % values if values else _plain_html(known, text)
    return _said(language(), text) % values


@lru_cache(maxsize=MOST_TEXTS)
def _said(_language: str, text: str) -> str:
    return str(flask_babel.gettext(text))


@lru_cache(maxsize=MOST_TEXTS)
def _html(language: str, text: str) -> Markup:
    return Markup(_said(language, text))  # noqa: S704  # our own words


@lru_cache(maxsize=MOST_TEXTS)
def _plain_html(language: str, text: str) -> Markup:
    return _html(language, text) % {}  # a percent sign is written twice in every text


def init_app(app: Flask, **options: Any) -> None:
    """Attach translations; must come before whatever looks for them."""
    Babel(app, locale_selector=choose_language, **options)
    app.jinja_env.globals.update(_=shown, gettext=shown)
