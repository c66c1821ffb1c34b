"""Archives that people send: looked through before anything of them is written, then unpacked.

Python's zipfile hands out links, absolute names, "..", doubles and any size as they are, so all
of it is looked at here. What is written aside are Markdown, settings and images, and nothing else.
"""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from app.blueprints.interchange.errors import ImportProblem, NotImportable
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

MAX_UNPACKED = 200_000_000
MAX_ENTRIES = 2_000
MAX_RATIO = 100
# Little archives may be packed tighter: an empty page of Markdown is mostly spaces.
_SMALL = 1_000_000
# The list at the end of an archive is held in memory: 2,000 entries with long names are less.
_MAX_LIST = 2_000_000
_LONGEST_NAME = 250
_END, _TAIL = b"PK\x05\x06", 65_557
_CHUNK = 64 * 1024
_TAKEN = frozenset(
    {
        *(".md", ".markdown", ".rmd", ".qmd", ".yaml", ".yml"),
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"),
    }
)
_NESTED = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".jar", ".war"})
_BANNED = frozenset(
    {
        *(".exe", ".dll", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".scr", ".msi", ".lnk", ".so"),
        *(".php", ".phtml", ".jsp", ".asp", ".aspx", ".cgi", ".swf", ".hta"),
    }
)
_DRIVE = re.compile(r"[A-Za-z]:")


def unpack(source: IO[bytes], folder: Path) -> tuple[Path, list[str]]:
    """Write what a course is made of from the archive into `folder`.

    Returns the folder to read and the names that were left out. Raises `NotImportable` with all
    that is wrong; then, too, nothing stands outside of `folder`.
    """
    try:
        _check_list(source)
        with zipfile.ZipFile(source) as archive:
            members = _checked(archive)
            taken = [one for one in members if _is_taken(one.filename)]
            _write(archive, taken, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError) as broken:
        raise _refused(_l("This is not a zip archive, or it is broken.")) from broken
    left_out = [one.filename for one in members if not _is_taken(one.filename)]
    return _only_folder(folder), [name for name in left_out if not _is_noise(name)]


def _check_list(source: IO[bytes]) -> None:
    """Look at the end of the archive, before its list is read into memory."""
    size = source.seek(0, 2)
    source.seek(max(0, size - _TAIL))
    tail = source.read(_TAIL)
    at = tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile
    entries, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    source.seek(0)
    if entries > MAX_ENTRIES or length > _MAX_LIST:
        raise _refused(_l("There are more than 2,000 files in it."))


def _checked(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    listed = archive.infolist()
    if len(listed) > MAX_ENTRIES:
        raise _refused(_l("There are more than 2,000 files in it."))
    problems = [
        ImportProblem(message, _shown(one.orig_filename))
        for one in listed
        if (message := _problem_of(one)) is not None
    ]
    problems += _doubles(listed)
    if problems:
        raise NotImportable(problems)
    if sum(one.file_size for one in listed) > MAX_UNPACKED:
        raise _refused(_l("Unpacked, it is larger than 200 MB."))
    return [one for one in listed if not one.is_dir()]


def _problem_of(one: zipfile.ZipInfo) -> Text | None:
    name, kind = one.orig_filename, stat.S_IFMT(one.external_attr >> 16)
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in name or _DRIVE.match(name) or ".." in parts:
        return _l("This name leads out of the archive.")
    if not all(parts) or "." in parts or len(name) > _LONGEST_NAME or not name.isprintable():
        return _l("This name cannot be used.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return _l("This is a link or a device, not a file.")
    if one.flag_bits & 1:
        return _l("This is locked with a password.")
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _l("This is packed in a way that is not taken.")
    suffix = Path(name).suffix.lower()
    if suffix in _NESTED:
        return _l("This is an archive inside the archive. Unpack it first.")
    return _l("Files of this kind are not taken.") if suffix in _BANNED else None


def _doubles(listed: list[zipfile.ZipInfo]) -> Iterator[ImportProblem]:
    """Tell of names that would be the same file on one machine or another."""
    files: set[str] = set()
    folders: set[str] = set()
    for one in listed:
        name = unicodedata.normalize("NFC", one.orig_filename).casefold()
        parts = name.rstrip("/").split("/")
        folders.update("/".join(parts[:deep]) for deep in range(1, len(parts)))
        if name.rstrip("/") in files or (not one.is_dir() and name in folders):
            message = _l("There are two of this name.")
            yield ImportProblem(message, _shown(one.orig_filename))
        if one.is_dir():
            folders.add(name.rstrip("/"))
        else:
            files.add(name)
    for name in files & folders:
        yield ImportProblem(_l("This is a file and a folder at once."), _shown(name))


def _write(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path) -> None:
    """Unpack, counting what really comes out: an archive may lie about its sizes."""
    packed, unpacked = sum(one.compress_size for one in members), 0
    for one in members:
        target = folder / one.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(one) as source, target.open("xb") as file:
            while chunk := source.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED:
                    raise _refused(_l("Unpacked, it is larger than 200 MB."))
                if unpacked > max(_SMALL, MAX_RATIO * packed):
                    raise _refused(_l("It is packed so tightly that it cannot be a course."))
                file.write(chunk)


def _only_folder(folder: Path) -> Path:
    """Return the one folder that everything lies in, as archives of repositories have it."""
    inside = [one for one in folder.iterdir() if not _is_noise(one.name)]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _is_taken(name: str) -> bool:
    return Path(name).suffix.lower() in _TAKEN and not _is_noise(name)


def _is_noise(name: str) -> bool:
    """Tell whether this is what systems leave behind by themselves."""
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:_LONGEST_NAME]


def _refused(message: Text) -> NotImportable:
    return NotImportable([ImportProblem(message, ".zip")])
