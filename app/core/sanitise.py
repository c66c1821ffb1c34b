"""HTML that people write, made safe to keep: an allow-list, applied when it is written.

Two independent parsers must agree: nh3 reads the text first (it is fast on hostile input and
drops scripts and the like with their contents), bleach reads what is left, and nh3 reads and
writes the result. Only what all three readings keep is kept. Nothing here knows a domain, and
the content security policy assumes that none of this worked.
"""

import re
from collections.abc import Callable, Iterator, Set
from functools import lru_cache
from html import unescape
from typing import Any

import nh3
from bleach.html5lib_shim import Filter  # type: ignore[attr-defined]  # its stubs lack it
from bleach.sanitizer import Cleaner
from pygments.token import STANDARD_TYPES

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _l

MAX_LENGTH = 300_000
"""Characters of one text."""
MAX_MARKS = 20_000
"""Tags and entities of one text: the time of parsing grows with their square, to a second here."""
MAX_DEPTH = 100
"""Elements inside each other; deeper nesting makes every HTML parser slow."""
MAX_ELEMENTS = 20_000
"""Elements made in all, with those that the parser repeats to mend wrong nesting."""

PROTOCOLS = frozenset({"http", "https", "mailto"})


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


BLOCK_TAGS = _words(
    "p h2 h3 h4 h5 hr blockquote pre div ul ol li dl dt dd figure figcaption details summary",
    "table caption thead tbody tfoot tr th td br",
)
INLINE_TAGS = _words(
    "a abbr b cite code del em i img ins kbd mark q s samp small span strong sub sup u var"
)
TAGS = BLOCK_TAGS | INLINE_TAGS
RENAMED = {"h1": "h2", "h6": "h5"}
"""The page's own title is the only first-level heading."""
LINK_REL = "noopener noreferrer"
DROPPED_WITH_CONTENT = _words(
    "script style iframe noembed noframes noscript template textarea title svg math"
)

Check = Callable[[str], bool]


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _anything(value: str) -> bool:
    return True


_CODE_CLASSES = frozenset(STANDARD_TYPES.values()) - {""} | {"highlight"}
_is_language_class = _matches(r"language-[a-z0-9+#.-]{1,32}")
_is_number = _matches(r"[0-9]{1,4}")
_is_media = _matches(r"/media/[A-Za-z0-9_-]{1,64}")


def _are_code_classes(value: str) -> bool:
    return all(one in _CODE_CLASSES or _is_language_class(one) for one in value.split())


ATTRIBUTES: dict[str, dict[str, Check]] = {
    "*": {"lang": _matches(r"[A-Za-z0-9-]{2,35}"), "dir": _matches("ltr|rtl|auto")},
    "a": {"href": _anything, "title": _anything, "rel": _matches(LINK_REL)},
    "abbr": {"title": _anything},
    "img": {"src": _is_media, "alt": _anything, "width": _is_number, "height": _is_number},
    "details": {"open": _matches("|open")},
    "ol": {"start": _is_number, "reversed": _matches("|reversed"), "type": _matches("[1aAiI]")},
    "li": {"value": _is_number},
    "td": {"colspan": _is_number, "rowspan": _is_number},
    "th": {"colspan": _is_number, "rowspan": _is_number, "scope": _matches("col|row")},
    **{tag: {"class": _are_code_classes} for tag in ("code", "pre", "span", "div")},
}


def clean_html(html: str) -> str:
    """Keep of `html` only what the allow-list has; cleaning the answer again changes nothing.

    Raises Invalid for a text that is too long, or nested too deeply, to be worth reading.
    """
    if len(html) > MAX_LENGTH or html.count("<") + html.count("&") > MAX_MARKS:
        raise Invalid(_l("This text is too long."))
    text = html.encode("utf-8", "replace").decode("utf-8")
    return _by_nh3(_by_bleach(_by_nh3(text, TAGS | frozenset(RENAMED))), TAGS)


@lru_cache(maxsize=32)
def plain_text(html: str) -> str:
    """Give the words of `html`, a line for each block, for search and for counting.

    A text that is saved is asked for its words four times at once.
    """
    bare = nh3.clean(html, tags=set(BLOCK_TAGS), attributes={}, link_rel=None)
    lines = unescape(re.sub(r"<[^>]*>", "\n", bare)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _is_allowed(tag: str, name: str, value: str) -> bool:
    check = ATTRIBUTES.get(tag, {}).get(name) or ATTRIBUTES["*"].get(name)
    return check is not None and check(value)


def _by_nh3(html: str, tags: Set[str]) -> str:
    return nh3.clean(
        html,
        tags=set(tags),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes={tag: set(names) - {"rel"} for tag, names in ATTRIBUTES.items()},
        attribute_filter=lambda tag, name, value: value if _is_allowed(tag, name, value) else None,
        url_schemes=set(PROTOCOLS),
        link_rel=LINK_REL,
    )


def _by_bleach(html: str) -> str:
    cleaner = Cleaner(
        tags=TAGS | frozenset(RENAMED),
        attributes=_is_allowed,
        protocols=PROTOCOLS,
        strip=True,
        filters=[_Tidy],
    )
    _bound(cleaner.parser.tree)
    return cleaner.clean(html)


def _bound(tree: Any) -> None:
    """Make the parser's `tree` refuse to grow beyond what is worth reading."""
    element_class, made = tree.elementClass, 0

    def element(*args: Any) -> Any:
        nonlocal made
        made += 1
        if made > MAX_ELEMENTS or len(tree.openElements) > MAX_DEPTH:
            raise Invalid(_l("This text has too many parts inside each other."))
        return element_class(*args)

    tree.elementClass = element


class _Tidy(Filter):  # type: ignore[misc]
    """Renames headings, drops pictures without a source, and blank lines that open a `pre`."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        opens_pre = False
        for token in super().__iter__():
            kind, name = token["type"], token.get("name")
            if name == "img" and (None, "src") not in token["data"]:
                continue
            if opens_pre and kind in ("Characters", "SpaceCharacters"):
                token["data"] = token["data"].lstrip("\n")
            opens_pre = kind == "StartTag" and name == "pre"
            if name in RENAMED:
                token["name"] = RENAMED[name]
            yield token
