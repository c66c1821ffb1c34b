"""Templates: nothing inline, nothing unescaped, names by kind, and references downward only."""

import re
from collections.abc import Iterator

from jinja2 import Environment, nodes

from tests.architecture import project

# In which templates the mark `|safe` may stand, and why.
MAY_BE_SAFE = {
    "core/_part.html": "holds what render_parts() itself has just rendered",
}
# Mail programs take styles on elements only.
MAY_HAVE_STYLES = "messaging/mail/_letter.html"
INLINE = {
    r"<style\b": "an inline style sheet",
    r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")": "an inline script",
    r"<[a-z][^<>]*\sstyle=": "an inline style",
    r"<[a-z][^<>]*\son[a-z]+=": "an inline handler",
    r"\shx-on[:-]": "an inline handler of htmx",
    r"javascript:": "a script address",
    r"""['"]\s*js:""": "a script in an htmx attribute",
}
# Folders whose templates are frames and macros rather than pages and partials.
FRAMES = frozenset({"layouts", "components"})
EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)

# What a text may hold of percent signs: names to fill in, and the sign itself.
_FORMAT = re.compile(r"%%|%\(\w+\)[sd]")

_jinja = Environment(extensions=EXTENSIONS)


def faults_in(name: str, source: str) -> list[str]:
    """What is wrong with the template `name` (its path under templates/)."""
    tree = _jinja.parse(source)
    checks = (
        inline_code(name, source),
        unescaped(name, tree),
        misnamed(name, tree),
        upward(name, tree),
        lost_methods(tree),
        lone_percents(tree),
    )
    return [f"{name}: {fault}" for check in checks for fault in check]


def inline_code(name: str, source: str) -> Iterator[str]:
    """The content security policy allows no inline style and no inline script."""
    bare = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    for pattern, told in INLINE.items():
        if re.search(pattern, bare) and not (name == MAY_HAVE_STYLES and "style" in told):
            yield told


def unescaped(name: str, tree: nodes.Template) -> Iterator[str]:
    """HTML that we trust is marked as such where it is made, not where it is shown."""
    if name not in MAY_BE_SAFE and any(one.name == "safe" for one in tree.find_all(nodes.Filter)):
        yield "marks something as safe"


def misnamed(name: str, tree: nodes.Template) -> Iterator[str]:
    """What extends no layout is a partial, and its name begins with `_`."""
    folder, _, file = name.rpartition("/")
    if folder in FRAMES or not file.endswith(".html"):
        return
    if tree.find(nodes.Extends) is None and not file.startswith("_"):
        yield "is a partial, so its name begins with _"


def upward(name: str, tree: nodes.Template) -> Iterator[str]:
    """A template names templates and endpoints of its own package and of lower floors only."""
    own = name.partition("/")[0]
    for used in (*_named_templates(tree), *_named_endpoints(tree)):
        package = used.replace(".", "/").partition("/")[0] if used[0] != "." else own
        if package not in project.floors():
            yield f"names {used}, which no package has"
        elif not project.may_use(own, package):
            yield f"names {used} of a package that it may not know"


def lost_methods(tree: nodes.Template) -> Iterator[str]:
    """Flask takes `_method` for itself: the address that it gives would be sent as a POST."""
    for call in tree.find_all(nodes.Call):
        named = isinstance(call.node, nodes.Name) and call.node.name == "url_for"
        if named and any(keyword.key == "_method" for keyword in call.kwargs):
            yield "gives url_for a _method, which it drops; use sent_as()"


def lone_percents(tree: nodes.Template) -> Iterator[str]:
    """Texts are formats: a percent sign that stands for itself is written twice."""
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in ("_", "ngettext"):
            continue
        for text in call.args:
            if isinstance(text, nodes.Const) and "%" in _FORMAT.sub("", str(text.value)):
                yield "has a lone % in a text"


def _named_templates(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(NAMING):
        named: nodes.Expr = node.template  # type: ignore[attr-defined]
        for constant in (named, *named.find_all(nodes.Const)):
            if isinstance(constant, nodes.Const):
                yield str(constant.value)


def _named_endpoints(tree: nodes.Template) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        named = isinstance(call.node, nodes.Name) and call.node.name == "url_for"
        if named and call.args and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)


def test_templates_are_as_they_should_be() -> None:
    found = []
    for path in project.templates():
        name = path.relative_to(project.TEMPLATES).as_posix()
        found.extend(faults_in(name, path.read_text()))
    assert found == []


PAGE = '{% extends "layouts/base.html" %}'
PLANTED = {
    ("courses/a.html", PAGE + "<style>p {}</style>"): "inline style sheet",
    ("courses/a.html", PAGE + "<script>x()</script>"): "inline script",
    ("courses/a.html", PAGE + '<p class="a" style="x">'): "inline style",
    (MAY_HAVE_STYLES, '<p onclick="x()">'): "inline handler",
    ("courses/a.html", PAGE + '<p onclick="x()">'): "inline handler",
    ("courses/a.html", PAGE + '<p hx-on:click="x()">'): "handler of htmx",
    ("courses/a.html", PAGE + '<a href="javascript:x()">'): "script address",
    ("courses/a.html", PAGE + """<p hx-vals='js:{a: 1}'>"""): "htmx attribute",
    ("courses/a.html", PAGE + "{{ text|safe }}"): "safe",
    ("courses/a.html", "<p></p>"): "begins with _",
    ("courses/a.html", PAGE + '{% include "learning/_b.html" %}'): "may not know",
    ("courses/a.html", PAGE + '{% from "builder/_b.html" import c %}'): "may not know",
    ("courses/a.html", PAGE + "{{ url_for('home.index') }}"): "may not know",
    ("enrollments/a.html", PAGE + "{{ url_for('builder.board') }}"): "may not know",
    ("layouts/a.html", "{{ url_for('accounts.log_in') }}"): "may not know",
    ("courses/a.html", PAGE + "{{ url_for('.leave', _method='DELETE') }}"): "which it drops",
    ("courses/a.html", PAGE + '{% include "nowhere/_b.html" %}'): "no package has",
    ("courses/a.html", PAGE + '{{ _("Keep 100%") }}'): "lone %",
}


def test_the_checks_find_planted_faults() -> None:
    for (name, source), told in PLANTED.items():
        assert any(told in fault for fault in faults_in(name, source)), (name, source)


def test_a_good_template_passes() -> None:
    source = PAGE + (
        '{% from "components/forms.html" import field %}{% include "courses/_card.html" %}'
        "{{ url_for('accounts.log_in') }}{{ url_for('.index') }}<script src='/a.js'></script>"
    )
    assert faults_in("courses/a.html", source) == []
