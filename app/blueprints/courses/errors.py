"""What courses refuse."""

from app.core.errors import Conflict
from app.core.i18n import lazy_gettext as _l


class WrongStatus(Conflict):
    """The course's life does not go that way from where it stands."""

    default = _l("The course cannot go there from where it stands now.")


class NothingToCopy(Conflict):
    """There is no published version to begin from."""

    default = _l("This course has no published version yet.")
