"""What is wrong with a page or fragment: parse errors, and the rules that a parser cannot know."""

from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as MESSAGES

FIELDS = {"input", "select", "textarea"}
UNLABELLED_INPUTS = {"hidden", "submit", "button", "reset", "image"}
NAMING = ("aria-label", "aria-labelledby", "title")
ADDRESSES = ("href", "src", "action", "formaction")
# Which ids an element refers to, where the reference may be broken.
REFERRING = ("aria-labelledby", "aria-describedby", "aria-errormessage")
# Elements that stand only inside certain others, and in what a fragment of them is parsed.
CONTAINERS = {
    "tr": "tbody",
    "td": "tr",
    "th": "tr",
    "tbody": "table",
    "thead": "table",
    "option": "select",
    "caption": "table",
}

Rule = Callable[[Element, dict[Element, Element]], Iterator[str]]


def faults_in(html: str) -> list[str]:
    """Each fault of a page (with a doctype) or of a fragment, in words; none for a good one."""
    is_page = html.lstrip()[:9].lower() == "<!doctype"
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html) if is_page else _parse_fragment(parser, html)
    faults = [_in_words(*error) for error in parser.errors]
    parents = {child: parent for parent in root.iter() for child in parent}
    for rule in RULES + (PAGE_RULES if is_page else ()):
        faults.extend(rule(root, parents))
    return faults


def _parse_fragment(parser: html5lib.HTMLParser, html: str) -> Element:
    first = html.lstrip().removeprefix("<").split(">", 1)[0].split(None, 1)
    root: Element = parser.parseFragment(html, CONTAINERS.get(first[0] if first else "", "div"))
    return root


def _in_words(position: tuple[int, int], code: str, details: dict[str, object]) -> str:
    return f"line {position[0]}: {MESSAGES[code] % details}"


def duplicate_ids(root: Element, _parents: dict[Element, Element]) -> Iterator[str]:
    """An id names one element."""
    counted = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    for name, times in counted.items():
        if times > 1:
            yield f'{times} elements have the id "{name}"'


def unlabelled_fields(root: Element, parents: dict[Element, Element]) -> Iterator[str]:
    """Each field that people fill in says what it is for."""
    labelled = {one.get("for") for one in root.iter("label")}
    for one in root.iter():
        if one.tag not in FIELDS or one.get("type") in UNLABELLED_INPUTS:
            continue
        named = any(one.get(name) for name in NAMING) or one.get("id") in labelled - {None}
        if not named and "label" not in _tags_above(one, parents):
            yield f"{_show(one)} has no label"


def forms_without_token(root: Element, _parents: dict[Element, Element]) -> Iterator[str]:
    """Each form that writes carries the CSRF token, so that it works without JavaScript."""
    for form in root.iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        if not any(one.get("name") == "csrf_token" for one in form.iter("input")):
            yield f"{_show(form)} has no csrf_token"


def nested_controls(root: Element, parents: dict[Element, Element]) -> Iterator[str]:
    """Nothing that is clicked stands inside something else that is clicked."""
    for one in root.iter():
        if not _is_interactive(one):
            continue
        above = [outer for outer in _above(one, parents) if _is_interactive(outer)]
        if above:
            yield f"{_show(one)} stands inside {_show(above[0])}"


def images_without_text(root: Element, _parents: dict[Element, Element]) -> Iterator[str]:
    """Each image has an alternative text; an empty one for decoration."""
    for one in root.iter("img"):
        if one.get("alt") is None:
            yield f"{_show(one)} has no alt"


def nameless_controls(root: Element, parents: dict[Element, Element]) -> Iterator[str]:
    """Each button and link can be read out, unless it is there for the mouse only."""
    for one in root.iter():
        if any(outer.get("aria-hidden") == "true" for outer in (one, *_above(one, parents))):
            continue
        is_link = one.tag == "a" and one.get("href") is not None
        if (one.tag == "button" or is_link) and not _spoken(one):
            yield f"{_show(one)} has no name"


def inline_code(root: Element, _parents: dict[Element, Element]) -> Iterator[str]:
    """The content security policy allows neither inline style nor inline script."""
    for one in root.iter():
        if one.tag == "style" or (one.tag == "script" and not _is_allowed_script(one)):
            yield f"{_show(one)} is inline"
        for name, value in one.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"{_show(one)} has the inline attribute {name}"
            if name in ("href", "src", "action") and value.strip().lower().startswith(
                "javascript:"
            ):
                yield f"{_show(one)} runs script from its {name}"


def broken_references(root: Element, _parents: dict[Element, Element]) -> Iterator[str]:
    """What an element refers to is on the page. A fragment may refer to the rest of its page."""
    ids = {one.get("id") for one in root.iter()}
    for one in root.iter():
        wanted = [word for name in REFERRING for word in one.get(name, "").split()]
        if one.tag == "label" and one.get("for") is not None:
            wanted.append(one.get("for", ""))
        for word in wanted:
            if word not in ids:
                yield f'{_show(one)} refers to "{word}", which is not here'


def missing_frame(root: Element, _parents: dict[Element, Element]) -> Iterator[str]:
    """A page has a language, a title, and one main part."""
    if not root.get("lang"):
        yield "the page has no language"
    if not "".join(title.text or "" for title in root.iter("title") if title.text).strip():
        yield "the page has no title"
    mains = len(list(root.iter("main")))
    if mains != 1:
        yield f"the page has {mains} main elements"


RULES: tuple[Rule, ...] = (
    duplicate_ids,
    unlabelled_fields,
    forms_without_token,
    nested_controls,
    images_without_text,
    nameless_controls,
    inline_code,
)
PAGE_RULES: tuple[Rule, ...] = (broken_references, missing_frame)


def _above(one: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    while one in parents:
        one = parents[one]
        yield one


def _tags_above(one: Element, parents: dict[Element, Element]) -> set[str]:
    return {outer.tag for outer in _above(one, parents)}


def _is_interactive(one: Element) -> bool:
    if one.tag == "a":
        return one.get("href") is not None
    if one.tag == "input":
        return one.get("type") != "hidden"
    return one.tag in {"button", "select", "textarea", "summary", "iframe"}


def _is_allowed_script(one: Element) -> bool:
    # Data for a module may stand in the page: the browser does not run it.
    return one.get("src") is not None or one.get("type") in ("application/json", "importmap")


def _spoken(one: Element) -> str:
    if any(one.get(name) for name in NAMING):
        return "named"
    words = [one.text or ""]
    for child in one:
        words += [child.get("alt", ""), _spoken(child), child.tail or ""]
    return "".join(words).strip()


def _show(one: Element) -> str:
    shown = [
        f'{name}="{one.get(name)}"' for name in ("id", "name", "href", "class") if one.get(name)
    ]
    return f"<{' '.join([one.tag, *shown[:2]])}>"
