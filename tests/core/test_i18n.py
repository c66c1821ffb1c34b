"""Words in the reader's language."""

from flask import Flask, render_template_string

from app.core.i18n import lazy_gettext


def test_what_stands_in_a_lazy_text_is_escaped(app: Flask) -> None:
    text = lazy_gettext("“%(title)s” is gone.", title="<b>Sand</b>")
    with app.test_request_context():
        assert str(text) == "“<b>Sand</b>” is gone."
        shown = render_template_string("{{ text }} {{ [text]|join }}", text=text)
    assert "<b>" not in shown
    assert shown.count("&lt;b&gt;Sand&lt;/b&gt;") == 2
