"""What is on the clipboard after copying from elsewhere, and what should be stored of it."""

from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "clipboards"


class Clipboard(NamedTuple):
    """HTML as a program hands it over, and the clean text that should come of it."""

    name: str
    clean: str

    @property
    def html(self) -> str:
        """The HTML on the clipboard."""
        return (_FOLDER / f"{self.name}.html").read_text()


WORD = Clipboard(
    "word",
    "<h2>Clay</h2><p><strong>Wedge it</strong> first.</p>"
    "<ul><li>Slab<ul><li>Thin</li></ul></li><li>Coil</li></ul><ol><li>Fire</li></ol>"
    "<table><tbody><tr><td>Cone</td><td>04</td></tr></tbody></table>",
)
GOOGLE_DOCS = Clipboard(
    "google_docs",
    '<h2 dir="ltr">Glaze</h2><p dir="ltr"><strong>Stir</strong> it, see '
    '<a href="https://example.org/glaze" rel="noopener noreferrer">the notes</a></p>'
    '<ol><li dir="ltr"><em>Dip</em></li></ol>',
)
WEB_PAGE = Clipboard(
    "web_page",
    "<h3>Kilns[edit]</h3><p>They get <strong>hot</strong>.</p>"
    '<p><a href="https://example.org/" rel="noopener noreferrer">More</a></p>'
    "<pre><code>fire(1200)</code></pre>",
)
