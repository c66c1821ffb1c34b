"""Office documents: archives that are told apart by what they list, and never unpacked here."""

import zipfile
from typing import IO

from app.core.files.errors import NotAllowed
from app.core.files.types import ALLOWED
from app.core.i18n import lazy_gettext as _l

MOST_ENTRIES = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 200
_RATIO_FROM = 10 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN_PARTS = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
_OTHER = _l(
    "Archives are not taken. Send the files one by one; Word, Excel, PowerPoint and OpenDocument "
    "files are taken as they are."
)
_MACROS = _l("This document carries macros, which can do harm. Save it without them.")
_BOMB = _l("This document unpacks to far more than it should. Save it again and send that.")


def detect(stream: IO[bytes]) -> str:
    """Return the content type of the document; raises `NotAllowed` for every other archive."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            _refuse_bombs(archive.infolist())
            return _type_of(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, EOFError):
        raise NotAllowed(_OTHER) from None


def _type_of(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if any(name.lower().endswith(("vbaproject.bin", "/basic/script-lc.xml")) for name in names):
        raise NotAllowed(_MACROS)
    if "[Content_Types].xml" in names:
        for part, content_type in _MAIN_PARTS.items():
            if part in names:
                return content_type
    if archive.namelist()[:1] == ["mimetype"]:
        with archive.open("mimetype") as file:
            declared = file.read(200).decode("ascii", "replace").strip()
        if declared.startswith("application/vnd.oasis.") and declared in ALLOWED:
            return declared
    raise NotAllowed(_OTHER)


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swells = unpacked > _RATIO_FROM and unpacked > MOST_RATIO * max(1, packed)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swells:
        raise NotAllowed(_BOMB)
