"""Source code in colours: Pygments classes, never styles."""

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LONGEST = 20_000
"""Characters; longer code is shown plain, because colouring it would take too long."""
PRINTED = frozenset({"output", "error"})
"""Not languages, but what a program printed."""


def highlighted(code: str, language: str) -> Markup:
    """Give `code` as HTML, coloured where its `language` is known."""
    if not language or language in PRINTED or len(code) > LONGEST:
        return escape(code)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    coloured = highlight(code, lexer, HtmlFormatter(nowrap=True)).removesuffix("\n")
    return Markup(coloured)  # noqa: S704  # Pygments escapes
