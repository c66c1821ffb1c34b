"""Words in the reader's language; the one door to Flask-Babel for code without a request."""

from typing import Any

import flask_babel
from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from markupsafe import escape

LANGUAGES = ("en",)


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
    return str(flask_babel.gettext(text, **values))


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


def choose_language() -> str:
    """Return the best of the languages we have for who asks."""
    if not has_request_context():
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def init_app(app: Flask, **options: Any) -> None:
    """Attach translations; must come before whatever looks for them."""
    Babel(app, locale_selector=choose_language, **options)
