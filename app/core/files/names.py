"""A file's name as people see it: never a path, never anything that turns a line around."""

import unicodedata

from app.core.files.types import FileType

LONGEST_NAME = 120
_NEVER = frozenset('/\\:*?"<>|')


def tidy_name(name: str, file_type: FileType) -> str:
    """Return `name` as plain characters, its ending that of `file_type`.

    Folders, control and direction marks are dropped, and a name that is left empty becomes
    "file".
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if _is_plain(c))
    stem, dot, ending = " ".join(plain.split()).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    if ending.lower() not in file_type.endings:
        ending = file_type.endings[0]
    return f"{stem.strip('. ')[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def ending_of(name: str) -> str:
    """Return what stands behind the last dot of `name`, in small letters."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _is_plain(character: str) -> bool:
    # Other, except what is not assigned yet: control, format (bidi), surrogates, private use.
    return character not in _NEVER and unicodedata.category(character) not in (
        "Cc",
        "Cf",
        "Cs",
        "Co",
    )
