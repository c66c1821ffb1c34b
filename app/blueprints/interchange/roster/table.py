"""From a text to the rows of a table: which sign stands between the cells, and on which line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from app.blueprints.interchange.roster.decoding import refused
from app.core.i18n import lazy_gettext as _l

SEPARATORS = ",;\t"
MOST_ROWS = 20_000
_LONGEST_LINE = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the line on which it begins, from 1."""

    line: int
    cells: list[str]


def rows_of(text: str, name: str) -> list[Row]:
    """Return the rows that hold anything; raises `NotImportable` for a broken or endless table."""
    rows: list[Row] = []
    for row in _read(text, name, _separator(text)):
        if len(rows) > MOST_ROWS:
            most = f"{MOST_ROWS:,}"
            raise refused(_l("There are more than %(most)s rows. Split it.", most=most), name=name)
        rows.append(row)
    return rows


def _read(text: str, name: str, separator: str) -> Iterator[Row]:
    # Line ends are left as they are: some stand inside quotes.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, [cell.strip() for cell in cells])
            line = reader.line_num + 1
    except csv.Error:
        message = _l("From here on it cannot be read: look at the quotation marks.")
        raise refused(message, name=name, line=line) from None


def _separator(text: str) -> str:
    """Return the sign that stands most often in the first line that says anything."""
    first = text.lstrip("\r\n\t ")[:_LONGEST_LINE].partition("\n")[0]
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first.strip()[-1]
    return max(SEPARATORS, key=first.count)
