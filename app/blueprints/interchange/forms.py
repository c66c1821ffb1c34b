"""What people fill in to bring courses and people in."""

from wtforms import FileField, SelectField

from app.core.forms import Form
from app.core.i18n import lazy_gettext as _l


def _number_or_none(value: str) -> int | None:
    return int(value) if value else None


class ImportForm(Form):
    """An archive, and where it goes."""

    file = FileField(
        _l("Zip archive"),
        description=_l(
            "A folder of Markdown with its images, zipped: folders become modules, files become "
            "lessons. Up to 100 MB, and 200 MB unpacked."
        ),
    )
    into = SelectField(
        _l("Bring it in as"),
        coerce=_number_or_none,
        default="",
        description=_l(
            "Into a course of yours, it changes the draft only: what changed in the folder comes "
            "in, and what was changed here stays."
        ),
    )


class ListForm(Form):
    """A list of people, and the cohort of those for whom it names none."""

    file = FileField(
        _l("File"),
        description=_l(
            "CSV with a column of e-mail addresses; names and cohorts may stand beside them. "
            "OneRoster's users.csv, or its whole zip archive, is read as well. "
            "Up to 10 MB and 20,000 people."
        ),
    )
    cohort = SelectField(_l("Cohort of those for whom the file names none"), default="")
