"""How a body is shown, made when it is written.

What comes from people is escaped here, except the HTML of text blocks and briefs, which
`parsing.clean_body` has cleaned. Each block has its own id, `b-` and its key.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.highlight import PRINTED, highlighted
from app.blueprints.courses.content.labels import CALLOUTS, FOLDED, PRINTED_WORDS
from app.blueprints.courses.content.references import assets_of, words_of
from app.core.embeds import frame_of
from app.core.i18n import gettext, ngettext

_NOTHING = Markup("")
_HEADING = re.compile(r"<h([2-5])\b")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is stored beside a body's JSON; `asset_ids` are public ids, each once."""

    html: str
    text: str
    asset_ids: tuple[str, ...]


def render_body(body: types.Body) -> Rendered:
    """Render `body`, whose HTML is clean, for a page whose own title is the first heading."""
    every = list(body.walk())
    text = "\n".join(words for block in every if (words := words_of(block)))
    assets = dict.fromkeys(asset for block in every for asset in assets_of(block))
    return Rendered(str(_Renderer().blocks(body.blocks)), text, tuple(assets))


class _Renderer:
    """Remembers the level of the last heading, so that no heading skips one."""

    def __init__(self) -> None:
        self.level = 1

    def blocks(self, blocks: types.Blocks) -> Markup:
        return Markup("\n").join(self.block(block) for block in blocks)

    def block(self, block: types.Block) -> Markup:
        match block:
            case types.TextBlock():
                return self.text(block)
            case types.CalloutBlock():
                return self.callout(block)
            case types.AssignmentBlock():
                return _assignment(block)
            case types.ImageBlock():
                return _image(block)
            case types.CodeBlock():
                return _code(block)
            case types.VideoBlock():
                return _video(block)
            case types.FileBlock():
                url = f"/media/{block.asset}" if block.asset else None
                return _card(block.key, "file", url, block.label or gettext("Download"), "")
            case types.EmbedBlock():
                return _card(block.key, "embed", block.url, block.title, _host(block.url))
            case types.QuizBlock():
                return _quiz(block)

    def text(self, block: types.TextBlock) -> Markup:
        levels = _HEADING.findall(block.html)
        if levels:
            self.level = int(levels[-1])
        return Markup('<div class="prose" id="b-{}">{}</div>').format(block.key, _clean(block.html))

    def callout(self, block: types.CalloutBlock) -> Markup:
        label = str(CALLOUTS[block.kind])
        title = Markup('<span class="callout-label">{}</span>').format(label)
        if block.title and block.title != label:
            title += Markup(' <span class="callout-name">{}</span>').format(block.title)
        if block.kind in FOLDED:
            return self._folded(block, title)
        outer, self.level = self.level, min(self.level + 1, 6)
        html = Markup(
            '<aside class="callout callout-{0}" id="b-{1}" role="note">'
            '<h{2} class="callout-title">{3}</h{2}>\n{4}\n</aside>'
        ).format(block.kind, block.key, self.level, title, self.blocks(block.blocks))
        self.level = outer
        return html

    def _folded(self, block: types.CalloutBlock, title: Markup) -> Markup:
        outer = self.level
        html = Markup(
            '<details class="callout callout-{}" id="b-{}">'
            '<summary class="callout-title">{}</summary>\n{}\n</details>'
        ).format(block.kind, block.key, title, self.blocks(block.blocks))
        self.level = outer
        return html


def _clean(html: str) -> Markup:
    return Markup(html)  # noqa: S704  # parsing.clean_body cleaned it before it was stored


def _caption(words: str) -> Markup:
    return Markup("<figcaption>{}</figcaption>").format(words) if words else Markup("")


def _image(block: types.ImageBlock) -> Markup:
    if not block.asset:
        return _NOTHING
    size = Markup("")
    if block.width and block.height:
        size = Markup(' width="{}" height="{}"').format(block.width, block.height)
    return Markup(
        '<figure class="picture" id="b-{}">'
        '<img src="/media/{}" alt="{}"{} loading="lazy" decoding="async">{}</figure>'
    ).format(block.key, block.asset, block.alt, size, _caption(block.caption))


def _code(block: types.CodeBlock) -> Markup:
    printed = block.language in PRINTED
    caption = block.caption or (str(PRINTED_WORDS[block.language]) if printed else "")
    return Markup(
        '<figure class="code{}" id="b-{}">{}'
        '<pre class="highlight" tabindex="0"><code{}>{}</code></pre></figure>'
    ).format(
        f" code-{block.language}" if printed else "",
        block.key,
        _caption(caption),
        Markup(' class="language-{}"').format(block.language) if block.language else "",
        highlighted(block.code, block.language),
    )


def _host(url: str | None) -> str:
    return urlsplit(url or "").hostname or ""


def _card(key: str, kind: str, url: str | None, title: str, note: str) -> Markup:
    if not url:
        return _NOTHING
    small = Markup(' <span class="link-card-note">{}</span>').format(note) if note else ""
    return Markup(
        '<p class="link-card link-card-{}" id="b-{}">'
        '<a href="{}" rel="noopener noreferrer">{}</a>{}</p>'
    ).format(kind, key, url, title or url, small)


def _video(block: types.VideoBlock) -> Markup:
    if block.url:
        return _film_elsewhere(block, block.url)
    if not block.asset:
        return _NOTHING
    track = Markup("")
    if block.captions:
        label = gettext("Captions")
        track = Markup('<track kind="captions" src="/media/{}" label="{}" default>').format(
            block.captions, label
        )
    return Markup(
        '<figure class="video" id="b-{}"><video controls preload="metadata" src="/media/{}"{}{}>'
        "{}</video>{}</figure>"
    ).format(
        block.key,
        block.asset,
        Markup(' poster="/media/{}"').format(block.poster) if block.poster else "",
        _named(block.title),
        track,
        _caption(block.title),
    )


def _named(title: str) -> Markup:
    return Markup(' aria-label="{}"').format(title) if title else Markup("")


def _film_elsewhere(block: types.VideoBlock, url: str) -> Markup:
    """Show a still card; only a click on it fetches the film, where its site is a known one."""
    frame = frame_of(url)
    if frame is None:
        return _card(block.key, "video", url, block.title, _host(url))
    return Markup(
        '<figure class="video film" id="b-{}">'
        '<a class="film-card" href="{}" rel="noopener noreferrer" data-frame="{}">'
        '<span class="film-title">{}</span><span class="film-note">{}</span></a></figure>'
    ).format(
        block.key,
        url,
        frame.url,
        block.title or frame.provider,
        gettext("Play from %(host)s, which will know of it", host=frame.host),
    )


def _quiz(block: types.QuizBlock) -> Markup:
    """Show what is asked and what there is to choose from; never what is right."""
    count = ngettext("%(num)s question", "%(num)s questions", len(block.questions))
    questions = Markup("").join(_question(question) for question in block.questions)
    return Markup(
        '<div class="task task-quiz" id="b-{}"><p class="task-title">{}</p><p>{}</p>{}</div>'
    ).format(
        block.key,
        block.title or gettext("Quiz"),
        count,
        Markup("<ol>{}</ol>").format(questions) if questions else "",
    )


def _question(question: types.Question) -> Markup:
    choices = Markup("").join(
        Markup("<li>{}</li>").format(choice.text) for choice in question.choices
    )
    return Markup('<li><p class="pre-line">{}</p>{}</li>').format(
        question.prompt, Markup("<ul>{}</ul>").format(choices) if choices else ""
    )


def _assignment(block: types.AssignmentBlock) -> Markup:
    return Markup(
        '<div class="task task-assignment" id="b-{}"><p class="task-title">{}</p>{}</div>'
    ).format(block.key, block.title or gettext("Assignment"), _clean(block.html))
