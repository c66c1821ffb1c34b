"""Words in the reader's language; the one door to Flask-Babel for code without a request."""

from typing import Any, TypeAlias

import flask_babel
from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_babel import lazy_gettext as lazy_gettext
from flask_babel.speaklater import LazyString

LazyText: TypeAlias = LazyString
LANGUAGES = ("en",)


def gettext(text: str, **values: Any) -> str:
    """Return `text` in the reader's language."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """Return the form of a text that goes with `num`, in the reader's language."""
    return str(flask_babel.ngettext(one, many, num, **values))


def choose_language() -> str:
    """Return the best of the languages we have for who asks."""
    if not has_request_context():
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def init_app(app: Flask, **options: Any) -> None:
    """Attach translations; must come before whatever looks for them."""
    Babel(app, locale_selector=choose_language, **options)
