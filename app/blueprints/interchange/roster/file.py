"""From the bytes that somebody sent to the people in it: a table, or OneRoster's zip of tables."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from app.blueprints.interchange.roster.decoding import WORKBOOK, decoded, refused
from app.blueprints.interchange.roster.people import ReadPerson, people_of
from app.blueprints.interchange.roster.table import MOST_ROWS as MOST_ROWS
from app.blueprints.interchange.roster.table import rows_of
from app.core.i18n import lazy_gettext as _l
from app.core.storage import TooLarge

MOST_BYTES = 10 * 1024 * 1024
_MOST_ENTRIES = 200
_ZIP = b"PK\x03\x04"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError)
_GONE = "tobedeleted"


def read_people(stream: IO[bytes], name: str) -> list[ReadPerson]:
    """Return who is in the file; raises `NotImportable`, and `TooLarge` over 10 MB."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TooLarge(MOST_BYTES)
    if content.startswith(_ZIP):
        return _in_bundle(content)
    return people_of(rows_of(decoded(content), name), name, roles={}, among=None)


def _in_bundle(content: bytes) -> list[ReadPerson]:
    """Return the learners of a OneRoster bundle, of those of its tables that are wanted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = _tables(archive)
    except (*_BROKEN, RuntimeError):
        raise refused(_l("This zip archive cannot be opened.")) from None
    if "users" not in tables:
        raise refused(_l("There is no users.csv in this archive."))
    roles = {
        row["usersourcedid"]: row.get("role", "")
        for row in _named(tables.get("roles", ""), "roles.csv")
        if row.get("usersourcedid") and row.get("status", "") != _GONE
    }
    rows = rows_of(tables["users"], "users.csv")
    return people_of(rows, "users.csv", roles=roles, among=_learners(tables))


def _tables(archive: zipfile.ZipFile) -> dict[str, str]:
    members = archive.infolist()
    if any(one.filename == "xl/workbook.xml" for one in members):
        raise refused(WORKBOOK)
    if len(members) > _MOST_ENTRIES:
        raise refused(_l("There are more than 200 files in this archive."))
    found: dict[str, str] = {}
    for one in members:
        table = re.fullmatch(r"(?:[^/]+/)?(users|roles|classes|enrollments)\.csv", one.filename)
        if table and table[1] not in found:
            with archive.open(one) as file:
                packed = file.read(MOST_BYTES + 1)
            if len(packed) > MOST_BYTES:
                raise TooLarge(MOST_BYTES)
            found[table[1]] = decoded(packed)
    return found


def _learners(tables: dict[str, str]) -> frozenset[str] | None:
    """Return the keys of those who learn in a class that goes on; None where no table says so."""
    if "enrollments" not in tables:
        return None
    gone = {
        row.get("sourcedid", "")
        for row in _named(tables.get("classes", ""), "classes.csv")
        if row.get("status") == _GONE
    }
    return frozenset(
        row["usersourcedid"]
        for row in _named(tables["enrollments"], "enrollments.csv")
        if row.get("usersourcedid")
        and row.get("role") == "student"
        and row.get("status", "") != _GONE
        and row.get("classsourcedid") not in gone
    )


def _named(text: str, name: str) -> Iterator[dict[str, str]]:
    """Give the rows of one of the smaller tables by the names of their columns."""
    rows = rows_of(text, name) if text else []
    heads = [cell.casefold() for cell in rows[0].cells] if rows else []
    for row in rows[1:]:
        yield dict(zip(heads, row.cells, strict=False))
