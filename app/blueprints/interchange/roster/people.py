"""From the rows of a table to people: who is meant by each row, or why nobody is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.blueprints.accounts.rules.people import LONGEST_NAME, clean_email, clean_name
from app.blueprints.interchange.roster.decoding import refused
from app.blueprints.interchange.roster.table import Row
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

# How columns are called, by letters and digits only. OneRoster's names are among them
# (https://www.imsglobal.org/spec/oneroster/v1p2, users.csv).
COLUMNS: Mapping[str, frozenset[str]] = {
    "email": frozenset({"email", "emailaddress", "mail", "address", "emailadresse", "useremail"}),
    "name": frozenset({"name", "fullname", "displayname", "learner", "student"}),
    "given": frozenset({"givenname", "firstname", "forename", "vorname"}),
    "family": frozenset({"familyname", "lastname", "surname", "nachname"}),
    "cohort": frozenset({"cohort", "group", "gruppe"}),
    "key": frozenset({"sourcedid"}),
    "role": frozenset({"role"}),
    "status": frozenset({"status"}),
    "enabled": frozenset({"enableduser"}),
}
LONGEST_COHORT = 80
_LEARNERS = frozenset({"", "student", "learner"})
_GONE = frozenset({"tobedeleted"})
_SECRET = re.compile(r"pass|pwd|secret|kennwort")


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """What a row says of somebody; where it cannot be taken, `problem` says why."""

    line: int
    email: str
    name: str = ""
    cohort: str = ""
    problem: Text = ""


def people_of(
    rows: Sequence[Row], name: str, *, roles: Mapping[str, str], among: frozenset[str] | None
) -> list[ReadPerson]:
    """Return who the rows name, in order; each address once.

    `roles` are given by key where the table itself has none, and people whose key is not `among`
    those are left out. Raises `NotImportable` where no column holds addresses.
    """
    columns, body = _columns(rows, name)
    read = (_Reader(columns, roles, among).read(row) for row in body)
    return list(_once(read))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cell is which, how many there are, and whether a row may be quoted to its reader."""

    at: Mapping[str, int]
    width: int
    is_shown: bool


def _columns(rows: Sequence[Row], name: str) -> tuple[_Columns, Sequence[Row]]:
    if rows and rows[0].cells[0].lower().startswith("sep="):
        rows = rows[1:]
    if not rows:
        raise refused(_l("There is nobody in it."), name=name)
    heads = [_plain(cell) for cell in rows[0].cells]
    at = {
        kind: heads.index(one) for kind, names in COLUMNS.items() for one in heads if one in names
    }
    if "email" in at:
        is_shown = not any(_SECRET.search(head) for head in heads)
        return _Columns(at, len(heads), is_shown), rows[1:]
    bare = next((n for n, cell in enumerate(rows[0].cells) if clean_email(cell)), None)
    if bare is None:
        message = _l("No column is called “email”. Give the columns names in the first line.")
        raise refused(message, name=name, line=rows[0].line)
    return _Columns({"email": bare}, len(rows[0].cells), is_shown=False), rows


def _plain(head: str) -> str:
    return "".join(one for one in head.casefold() if one.isalnum())


class _Reader:
    """Reads rows of one table."""

    def __init__(
        self, columns: _Columns, roles: Mapping[str, str], among: frozenset[str] | None
    ) -> None:
        self.columns = columns
        self.roles = roles
        self.among = among

    def read(self, row: Row) -> ReadPerson:
        """Return who the row names."""
        name = self._cell(row, "name") or " ".join(
            filter(None, (self._cell(row, "given"), self._cell(row, "family")))
        )
        shown, cohort = clean_name(name)[:LONGEST_NAME], clean_name(self._cell(row, "cohort"))
        problem = self._problem(row)
        address = clean_email(self._cell(row, "email")) or ""
        if not problem and not address:
            problem = self._bad_address(self._cell(row, "email"))
        if problem:
            # What cannot be taken may stand in another column than it seems.
            return ReadPerson(row.line, address, problem=problem)
        return ReadPerson(row.line, address, shown, cohort[: LONGEST_COHORT + 1])

    def _problem(self, row: Row) -> Text:
        if any(row.cells[self.columns.width :]):
            return _l("It has more cells than the first line.")
        if self._cell(row, "status").casefold() in _GONE:
            return _l("It is marked as to be deleted.")
        if self._cell(row, "enabled").casefold() in ("false", "0", "no"):
            return _l("The account is switched off where this comes from.")
        key = self._cell(row, "key")
        role = self._cell(row, "role") or self.roles.get(key, "")
        if role.casefold() not in _LEARNERS:
            return _l("This is nobody who learns.")
        if self.among is not None and key not in self.among:
            return _l("No class in this file has them as a learner.")
        return ""

    def _bad_address(self, typed: str) -> Text:
        if not typed:
            return _l("There is no e-mail address.")
        if not self.columns.is_shown:
            return _l("That is no e-mail address.")
        return _l("“%(typed)s” is no e-mail address.", typed=clean_name(typed)[:60])

    def _cell(self, row: Row, kind: str) -> str:
        at = self.columns.at.get(kind)
        return row.cells[at] if at is not None and at < len(row.cells) else ""


def _once(people: Iterable[ReadPerson]) -> Iterator[ReadPerson]:
    first: dict[str, int] = {}
    for one in people:
        before = first.setdefault(one.email, one.line) if not one.problem else one.line
        if before == one.line:
            yield one
        else:
            said = _l("Line %(line)d has the same address.", line=before)
            yield ReadPerson(one.line, one.email, one.name, one.cohort, said)
