"""The style sheet: joined without loss, small, and naming colours in one place only."""

import gzip
import re
from pathlib import Path

from app.core.assets import STATIC
from app.core.stylesheet import joined, write_joined

CSS = STATIC / "css"
ENTRY = CSS / "app.css"
LARGEST, LARGEST_SENT = 50_000, 12_000
# Linked by the pages that need them, not by all.
APART = {"pages/styleguide.css"}
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def test_every_import_is_put_in_its_layer(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("/* why */\n.a:hover > p { color: red; }\n")
    entry = tmp_path / "app.css"
    entry.write_text('@layer x, y;\n@import url("a.css") layer(y);\n')
    assert joined(entry) == "@layer x,y;@layer y{.a:hover > p{color:red}}\n"


def test_every_file_is_imported_once() -> None:
    named = re.findall(r'url\("([^"]+)"\)', ENTRY.read_text())
    there = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - APART - {"app.css"}
    assert sorted(named) == sorted(there)
    assert "@import" not in joined(ENTRY)


def test_nothing_but_spaces_and_remarks_is_lost() -> None:
    def squeezed(text: str) -> str:
        return re.sub(r"\s+|;(?=\s*})", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))

    whole = squeezed(joined(ENTRY))
    for path in CSS.rglob("*.css"):
        if str(path.relative_to(CSS)) not in APART | {"app.css"}:
            assert squeezed(path.read_text()) in whole, path.name


def test_the_sheet_and_its_compressed_twin_are_small_and_equal(tmp_path: Path) -> None:
    path = write_joined(ENTRY, tmp_path)
    sent = path.with_name("app.css.gz").read_bytes()
    assert gzip.decompress(sent) == path.read_bytes()
    assert len(path.read_bytes()) < LARGEST
    assert len(sent) < LARGEST_SENT


def test_only_the_tokens_name_colours() -> None:
    allowed = {"tokens.css", "print.css"}
    for path in CSS.rglob("*.css"):
        if path.name not in allowed:
            found = [
                colour for colour in HEX.findall(path.read_text()) if colour not in ("#fff", "#000")
            ]
            assert not found, f"{path.name} names {found}; use a token"
