"""Words in the reader's language."""

from flask import Flask, render_template_string
from markupsafe import escape

from app.core.i18n import lazy_gettext


def test_what_stands_in_a_text_of_a_page_is_escaped_and_the_text_is_not(app: Flask) -> None:
    with app.test_request_context():
        page = "{{ _('<b>%(name)s</b> has 100%%', name=name) }} {{ _('100%%') }}"
        for name in ("<i>", "Ada"):  # the second time from memory
            shown = render_template_string(page, name=name)
            assert shown == f"<b>{escape(name)}</b> has 100% 100%"
        plain = app.jinja_env.from_string(
            "{% autoescape false %}{{ _('%(a)s', a='<') }}{% endautoescape %}"
        )
        assert plain.render() == "<"


def test_what_stands_in_a_lazy_text_is_escaped(app: Flask) -> None:
    text = lazy_gettext("“%(title)s” is gone.", title="<b>Sand</b>")
    with app.test_request_context():
        assert str(text) == "“<b>Sand</b>” is gone."
        shown = render_template_string("{{ text }} {{ [text]|join }}", text=text)
    assert "<b>" not in shown
    assert shown.count("&lt;b&gt;Sand&lt;/b&gt;") == 2
