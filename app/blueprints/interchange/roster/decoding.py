"""From the bytes of a file to its text, whatever program wrote it."""

import codecs
import re

from app.blueprints.interchange.errors import ImportProblem, NotImportable
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How Excel's own workbooks begin: the new ones as any zip archive, the old ones so.
_OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
# No text holds these; tab, line feed, form feed and carriage return it does.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ENOUGH = 4_096


def refused(message: Text, *, name: str = "", line: int | None = None) -> NotImportable:
    """Return the refusal of a whole file, for one reason."""
    return NotImportable([ImportProblem(message, name, line)])


def decoded(content: bytes) -> str:
    """Return the text; raises `NotImportable` for what is none.

    What is neither UTF-8 nor UTF-16 is taken for Latin-1 as Windows writes it.
    """
    if content.startswith(_OLD_WORKBOOK):
        raise refused(WORKBOOK)
    text = _by_mark(content) or _by_look(content)
    if _BINARY.search(text):
        raise refused(_l("This is not a text file. Save the list as CSV and send that."))
    return text


WORKBOOK = _l("This is an Excel workbook. Open it, save it as CSV, and send that.")


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    return None


def _by_look(content: bytes) -> str:
    start = content[:_ENOUGH]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros and zeros.count(0) > len(zeros) * 0.7:
            return content.decode(encoding, "replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
