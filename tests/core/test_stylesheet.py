"""The style sheet: joined without loss, small, and naming colours in one place only."""

import gzip
import re
from pathlib import Path

from app.core.assets import STATIC
from app.core.static_files import SHEETS, lay_out
from app.core.stylesheet import joined

CSS = STATIC / "css"
ENTRIES = [STATIC / sheet for sheet in SHEETS]
# Bytes of the sheet of every page: as it is, and as it is sent.
LARGEST, LARGEST_SENT = 45_000, 11_000
# Linked as it is by the one page that needs it.
APART = {"pages/styleguide.css"}
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def test_every_import_is_put_in_its_layer(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("/* why */\n.a:hover > p { color: red; }\n")
    entry = tmp_path / "app.css"
    entry.write_text('@layer x, y;\n@import url("a.css") layer(y);\n')
    assert joined(entry) == "@layer x,y;@layer y{.a:hover > p{color:red}}\n"


def test_every_file_is_imported_once() -> None:
    named = [
        file for entry in ENTRIES for file in re.findall(r'url\("([^"]+)"\)', entry.read_text())
    ]
    assert sorted(named) == sorted(parts())
    assert not any("@import" in joined(entry) for entry in ENTRIES)


def test_the_sheets_agree_on_the_layers() -> None:
    assert len({re.findall(r"@layer [^;]*;", entry.read_text())[0] for entry in ENTRIES}) == 1


def test_nothing_but_spaces_and_remarks_is_lost() -> None:
    def squeezed(text: str) -> str:
        return re.sub(r"\s+|;(?=\s*})", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))

    whole = "".join(squeezed(joined(entry)) for entry in ENTRIES)
    assert [part for part in parts() if squeezed((CSS / part).read_text()) not in whole] == []


def test_the_sheet_and_its_compressed_twin_are_small_and_equal(tmp_path: Path) -> None:
    path = lay_out(STATIC, tmp_path / "build", {}) / SHEETS[0]
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


def parts() -> set[str]:
    """The files that some sheet imports."""
    entries = {entry.name for entry in ENTRIES}
    return {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - APART - entries


def test_files_are_laid_out_once_and_with_third_parties(tmp_path: Path) -> None:
    script = tmp_path / "some.js"
    script.write_text("1")
    folder = lay_out(STATIC, tmp_path / "static" / "build", {"vendor/some.js": script})
    script.write_text("2")
    assert lay_out(STATIC, folder, {"vendor/some.js": script}) == folder
    assert (folder / "vendor" / "some.js").read_text() == "1"
    assert [path.name for path in folder.parent.iterdir()] == ["build"]
