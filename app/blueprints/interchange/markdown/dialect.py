"""Markdown as course authors write it: CommonMark with tables, definition lists, footnotes,
`:::` fences, and attributes in braces after images, links, headings and code.

Fences become flat `fence_open` and `fence_close` tokens, and lines of attributes alone (which
kramdown puts under a block) become `attribute_line` tokens; `blocks.py` makes sense of them.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from app.blueprints.interchange.markdown.fences import fence_info

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'}=]+)"""
_ONE = rf"(?:[.#][\w-]+|[\w-]+\s*=\s*{_VALUE})"
_ATTRIBUTES = re.compile(rf"\{{:?\s*{_ONE}(?:\s+{_ONE})*\s*\}}")
_NAMED = re.compile(rf"([\w-]+)\s*=\s*({_VALUE})")
_CLASS = re.compile(r"(?:^|\s)\.([\w-]+)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TERMINATES: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def parser() -> MarkdownIt:
    """Make a parser of this dialect."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.use(deflist_plugin).use(footnote_plugin)
    markdown.add_render_rule("footnote_anchor", _nothing)  # ids are dropped, so nothing leads back
    markdown.block.ruler.before("fence", "colon_fence", _colon_fence, _TERMINATES)
    markdown.block.ruler.before("fence", "attribute_line", _attribute_line, _TERMINATES)
    markdown.inline.ruler.at("image", _image)
    markdown.inline.ruler.before("text", "attributes", _ignored_attributes)
    return markdown


def _nothing(*args: object, **kwargs: object) -> str:
    return ""


def classes(attributes: str) -> list[str]:
    """Return the class names in `{.one .two}`."""
    return _CLASS.findall(attributes.strip("{:} \t"))


def without_attributes(text: str) -> str:
    """Return `text` without the attributes in braces at its end."""
    at = text.rfind("{")
    return text[:at].rstrip() if at >= 0 and _ATTRIBUTES.fullmatch(text[at:].strip()) else text


def plain_words(token: Token) -> str:
    """Return what an inline token says, without its markup."""
    words = [
        child.content if child.type != "softbreak" else " "
        for child in token.children or []
        if child.type in ("text", "code_inline", "softbreak", "text_special")
    ]
    return " ".join(without_attributes("".join(words)).split())


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _colon_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    info = None if state.is_code_block(start) else fence_info(_line(state, start))
    if info is None:
        return False
    if not silent:
        token = state.push("fence_open" if info else "fence_close", "", 0)
        token.info = info
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start).strip()
    if state.is_code_block(start) or not line.startswith("{:") or not _ATTRIBUTES.fullmatch(line):
        return False
    if not silent:
        token = state.push("attribute_line", "", 0)
        token.info = line
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _image(state: StateInline, silent: bool) -> bool:
    """Read an image with the attributes that follow it."""
    if not image(state, silent):
        return False
    found = _ATTRIBUTES.match(state.src, state.pos)
    if found:
        state.pos = found.end()
        if not silent:
            state.tokens[-1].meta = {"attributes": _named(found[0])}
    return True


def _ignored_attributes(state: StateInline, silent: bool) -> bool:
    """Skip attributes right after a link or code, which only say how it should look."""
    if state.src[state.pos] != "{" or not state.tokens or state.pending:
        return False
    found = _ATTRIBUTES.match(state.src, state.pos)
    if not found or state.tokens[-1].type not in ("link_close", "code_inline", "html_inline"):
        return False
    state.pos = found.end()
    return True


def _named(attributes: str) -> MutableMapping[str, Any]:
    return {
        name: _ESCAPED.sub(r"\1", value[1:-1] if value[0] in "\"'" else value)
        for name, value in _NAMED.findall(attributes)
    }
