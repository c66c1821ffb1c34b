"""Words in the reader's language; the one door to Flask-Babel for code without a request."""

from typing import Any, TypeAlias

from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_babel import gettext as gettext
from flask_babel import lazy_gettext as lazy_gettext
from flask_babel import ngettext as ngettext
from flask_babel.speaklater import LazyString

LazyText: TypeAlias = LazyString
LANGUAGES = ("en",)


def choose_language() -> str:
    """Return the best of the languages we have for who asks."""
    if not has_request_context():
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def init_app(app: Flask, **options: Any) -> None:
    """Attach translations; must come before whatever looks for them."""
    Babel(app, locale_selector=choose_language, **options)
