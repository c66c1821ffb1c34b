"""Images and frames inside Markdown text, which become blocks of their own."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from markdown_it.token import Token

from app.blueprints.interchange.errors import ImportProblem
from app.blueprints.interchange.markdown import dialect
from app.blueprints.interchange.markdown.course import Block
from app.blueprints.interchange.markdown.pictures import Pictures
from app.core.i18n import lazy_gettext as _l


class Figures:
    """Makes the blocks for the images of one lesson; `first_line` lines come before its text."""

    def __init__(self, file: str, pictures: Pictures, first_line: int) -> None:
        """Find images as `file` names them."""
        self.file = file
        self.pictures = pictures
        self.first_line = first_line

    def taken_out(self, token: Token, line: int) -> list[Block]:
        """Take the images out of the inline `token`, which begins on `line`, as blocks."""
        blocks: list[Block] = []
        kept: list[Token] = []
        for child in token.children or []:
            if child.type == "image":
                blocks += self._image(child, line)
            else:
                kept.append(child)
            if child.type == "html_inline":
                blocks += self.embedded(child.content, line)
            line += child.type in ("softbreak", "hardbreak")
        token.children = kept if any(child.content.strip() for child in kept) else []
        return blocks

    def embedded(self, html: str, line: int) -> list[Block]:
        """Make blocks of the images and frames in raw HTML, which cleaning would drop."""
        blocks: list[Block] = []
        for tag, attributes in _Embedded(html).found:
            if tag == "img":
                alt, title = attributes.get("alt", ""), attributes.get("title", "")
                blocks += self._picture(attributes["src"], alt, title, line)
            else:
                blocks += self._framed(attributes["src"], attributes.get("title", ""), line)
        return blocks

    def _image(self, token: Token, line: int) -> list[Block]:
        attributes = token.meta.get("attributes", {})
        words = dialect.plain_words(token)
        alt = attributes.get("alt", words)
        captions = [words if "alt" in attributes else "", str(token.attrs.get("title", ""))]
        caption = next((caption for caption in captions if caption and caption != alt), "")
        return self._picture(str(token.attrs["src"]), alt, caption, line)

    def _picture(self, source: str, alt: str, caption: str, line: int) -> list[Block]:
        if source.lower().startswith(("http:", "https:")):
            # Showing it would tell another site who reads here.
            return self._framed(source, alt, line)
        number = self.first_line + line + 1
        image = self.pictures.find(source, alt=alt, file=self.file, line=number)
        if image is None:
            return []
        block = {"type": "image", "asset": image.path, "alt": alt, "caption": caption}
        size = {"width": image.picture.width, "height": image.picture.height}
        return [block | {name: pixels for name, pixels in size.items() if pixels}]

    def _framed(self, url: str, title: str, line: int) -> list[Block]:
        try:
            return _link(url, title)
        except ValueError:
            words = _l("The address %(url)s cannot be read.", url=url[:200])
            number = self.first_line + line + 1
            self.pictures.problems.append(ImportProblem(words, self.file, number))
            return []


class _Embedded(HTMLParser):
    """Finds what raw HTML embeds from elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in ("img", "iframe") and attributes.get("src"):
            self.found.append((tag, attributes))


def _link(url: str, title: str) -> list[Block]:
    place = urlsplit(url)
    if place.scheme not in ("http", "https"):
        return []
    return [{"type": "embed", "url": url, "title": title or place.hostname or url}]
