"""The style sheet as one file: `css/app.css` with its imports put in place, each in its layer.

HTTP/1.1 would fetch thirty small files in five rounds; joined, a first visit waits for one. The
sources stay small files that a browser can also load as they are, so there is no build step.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'@import url\("(?P<file>[^"]+)"\) layer\((?P<layer>\w+)\);\n?')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s*\n\s*")
# Spaces that mean nothing; one before a colon, or beside a combinator or an operator, may.
_SPACES = re.compile(r" ?([{};]) ?|(?<=[:,]) ")


def joined(entry: Path) -> str:
    """Return `entry` with every `@import url("…") layer(…)` replaced by what it names."""

    def place(found: re.Match[str]) -> str:
        content = (entry.parent / found["file"]).read_text(encoding="utf-8")
        return f"@layer {found['layer']} {{\n{content}}}\n"

    text = _IMPORT.sub(place, entry.read_text(encoding="utf-8"))
    text = _BLANKS.sub(" ", _COMMENT.sub("", text)).strip()
    return _SPACES.sub(lambda found: found[1] or "", text).replace(";}", "}") + "\n"
