"""How much an instructor may make and store: the quotas that each tier sets (models.Tier).

`QUOTAS` lists them for forms: an administrator's page makes a field of each, under its label and
in its unit, and reads and writes the column of `Tier` that has its name.
"""

from dataclasses import dataclass

from app.blueprints.profiles.models import MEGABYTE
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Quota:
    """A column of `Tier` as a form shows it: the column holds `unit` times what is typed."""

    name: str
    label: Text
    unit: int = 1
    most: int = 1_000_000


QUOTAS = (
    Quota("most_courses", _l("Courses")),
    Quota("most_courses_a_day", _l("Courses begun within a day")),
    Quota("most_file_bytes", _l("Largest file, in MB"), unit=MEGABYTE, most=5_000),
    Quota("most_bytes", _l("Storage, in MB"), unit=MEGABYTE, most=10_000_000),
)
