"""What may be wrong with something that is imported."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import Invalid, Text
from app.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing to mend, in `file` (relative to what is imported) and, if known, on `line`."""

    message: Text
    file: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class NotImportable(Invalid):
    """Nothing was imported, for these problems."""

    default = _l("This cannot be imported as it is.")

    def __init__(self, problems: Iterable[ImportProblem]) -> None:
        """Keep all `problems`, so that they can be mended in one go."""
        super().__init__()
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """List the problems, one a line."""
        return "\n".join([str(self.message), *map(str, self.problems)])
