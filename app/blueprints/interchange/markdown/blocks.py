"""From the Markdown of one lesson to its blocks.

Paragraphs, lists and tables between other things are one text block, up to the next heading.
Images never stay inside text: each becomes a block after the element that it stood in.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from app.blueprints.interchange.errors import ImportProblem
from app.blueprints.interchange.markdown import dialect
from app.blueprints.interchange.markdown.course import Block
from app.blueprints.interchange.markdown.fences import known_kind, opening
from app.blueprints.interchange.markdown.figures import Figures
from app.blueprints.interchange.markdown.pictures import Pictures
from app.blueprints.interchange.markdown.tokens import (
    groups,
    line_of,
    only_outside_links,
    with_attributes,
    without_empty,
)
from app.core.errors import Invalid, Text
from app.core.i18n import lazy_gettext as _l
from app.core.sanitise import clean_html

DEEPEST_HEADING = 5
_LANGUAGE = re.compile(r"\{?\s*\.?(?:language-)?([A-Za-z0-9+#.-]{1,32})")
_FOLDED = ("solution", "spoiler", "instructor")


@dataclass(slots=True)
class _Frame:
    """A fence that is open, or the lesson itself; `level` is that of the last heading."""

    level: int
    kind: str = ""
    title: str = ""
    line: int = 0
    blocks: list[Block] = field(default_factory=list)
    text: list[Token] = field(default_factory=list)
    text_line: int = 0


class LessonText:
    """Reads one lesson; what is wrong with it goes to `problems`."""

    def __init__(
        self, file: str, pictures: Pictures, problems: list[ImportProblem], *, first_line: int = 0
    ) -> None:
        """Read `file`, whose Markdown begins after `first_line` lines of front matter."""
        self.file = file
        self.figures = Figures(file, pictures, first_line)
        self.problems = problems
        self.first_line = first_line
        self.markdown = dialect.parser()
        self.env: dict[str, object] = {}
        self.shift = 0
        self.frames: list[_Frame] = []

    def read(self, source: str, *, title: str = "") -> list[Block]:
        """Return the blocks of `source`; a first heading that repeats `title` is left out."""
        tokens = self.markdown.parse(source, self.env)
        split = list(groups(tokens))
        if split and _heading_words(split[0]) == title and title:
            split = split[1:]
        self.shift = int(any(group[0].tag == "h1" for group in split))
        return self._sequence(split, level=1)

    def _sequence(self, split: Iterable[list[Token]], *, level: int) -> list[Block]:
        """Read elements of one level, with the fences that open and close among them."""
        outer, self.frames = self.frames, [_Frame(level)]
        for group, names in with_attributes(split):
            self._element(group, names)
        while len(self.frames) > 1:
            self._problem(_l("This fence is never closed."), self.frames[-1].line)
            self._close()
        self._flush()
        blocks = self.frames[0].blocks
        self.frames = outer
        return blocks

    @property
    def _frame(self) -> _Frame:
        return self.frames[-1]

    def _problem(self, message: Text, line: int) -> None:
        self.problems.append(ImportProblem(message, self.file, self.first_line + line + 1))

    def _element(self, group: list[Token], names: list[str]) -> None:
        """Read one element; `names` are the classes that a line of attributes gives it."""
        kind = next((kind for name in names if (kind := known_kind(name))), None)
        match group[0].type:
            case "fence_open":
                self._open(group[0])
            case "fence_close":
                self._close_at(group[0])
            case "fence" | "code_block":
                self._flush()
                self._frame.blocks.append(_code(group[0], names))
            case "heading_open":
                self._heading(group)
            case "blockquote_open" if kind:
                self._quoted(group, kind)
            case _:
                self._prose(group)

    def _open(self, token: Token) -> None:
        self._flush()
        found = opening(token.info)
        level = self._frame.level + (0 if found.kind in _FOLDED else 1)
        self.frames.append(_Frame(level, found.kind, found.title, line_of([token])))

    def _close_at(self, token: Token) -> None:
        if len(self.frames) == 1:
            self._problem(_l("This line of colons closes nothing."), line_of([token]))
        else:
            self._close()

    def _close(self) -> None:
        self._flush()
        done = self.frames.pop()
        self._frame.blocks.append(
            {"type": "callout", "kind": done.kind, "title": done.title, "blocks": done.blocks}
        )

    def _quoted(self, group: list[Token], kind: str) -> None:
        """Make a callout of a quotation, as older courses write them."""
        self._flush()
        inside = list(groups(group[1:-1]))
        title = _heading_words(inside[0]) if inside else ""
        blocks = self._sequence(inside[1:] if title else inside, level=self._frame.level + 1)
        self._frame.blocks.append(
            {"type": "callout", "kind": kind, "title": title, "blocks": blocks}
        )

    def _heading(self, group: list[Token]) -> None:
        frame = self._frame
        if frame.kind and not (frame.title or frame.blocks or frame.text):
            frame.title = _heading_words(group)
            return
        self._flush()
        level = int(group[0].tag[1]) + self.shift
        frame.level = min(max(level, 2), frame.level + 1, DEEPEST_HEADING)
        group[0].tag = group[-1].tag = f"h{frame.level}"
        for last in (group[1].children or [])[-1:]:
            last.content = dialect.without_attributes(last.content)
        self._prose(group)

    def _prose(self, group: list[Token]) -> None:
        """Keep an element for the next text block, and what may not stay in it for after that."""
        if not self._frame.text:
            self._frame.text_line = line_of(group)
        kept, after = self._taken_apart(group)
        self._frame.text.extend(kept)
        if after:
            self._flush()
            self._frame.blocks.extend(after)

    def _taken_apart(self, group: list[Token]) -> tuple[list[Token], list[Block]]:
        """Split an element into the tokens that stay text and the blocks that do not."""
        kept: list[Token] = []
        after: list[Block] = []
        fence: list[Token] = []
        depth, line = 0, line_of(group)
        for token in group:
            line = token.map[0] if token.map else line
            depth += {"fence_open": 1, "fence_close": -1}.get(token.type, 0)
            if depth > 0 or token.type == "fence_close":
                fence.append(token)
                if depth == 0:
                    after += self._sequence(groups(fence), level=self._frame.level)
                    fence = []
            elif token.type == "inline":
                after += self.figures.taken_out(token, line)
                kept.append(token)
            elif token.type == "html_block":
                after += self.figures.embedded(token.content, line)
                kept.append(token)
            elif token.type != "attribute_line":
                kept.append(token)
        if fence:
            after += self._sequence(groups(fence), level=self._frame.level)
        return kept, after

    def _flush(self) -> None:
        """Turn the elements that were kept into a text block."""
        frame = self._frame
        tokens, frame.text = frame.text, []
        if not tokens:
            return
        try:
            html = clean_html(
                self.markdown.renderer.render(tokens, self.markdown.options, self.env)
            )
        except Invalid as error:
            self._problem(error.message, frame.text_line)
            return
        html = without_empty(only_outside_links(html)).strip()
        if html:
            frame.blocks.append({"type": "text", "html": html})


def _heading_words(group: Sequence[Token]) -> str:
    is_heading = group[0].type == "heading_open"
    return dialect.plain_words(group[1]) if is_heading else ""


def _code(token: Token, names: list[str]) -> Block:
    language = _language(token.info or " ".join(names))
    return {"type": "code", "language": language, "code": token.content.removesuffix("\n")}


def _language(info: str) -> str:
    found = _LANGUAGE.match(info.strip())
    return found[1].lower() if found else ""
