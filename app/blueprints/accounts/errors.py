"""What accounts refuse, in words."""

from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import lazy_gettext as _l


class NotKnown(Invalid):
    """The e-mail address and the password do not belong together; which of them is not told."""

    default = _l("The e-mail address or the password is not right.")


class WrongPassword(Invalid):
    """Somebody who is signed in has to give the present password."""

    default = _l("This is not your current password.")

    def __init__(self) -> None:
        """Name the field."""
        super().__init__(fields={"current_password": self.default})


class AddressTaken(Invalid):
    """Somebody with this address is already here."""

    default = _l(
        "An account could not be made with these details. "
        "If you have been here before, log in instead."
    )


class TooManyTries(Invalid):
    """Too many wrong passwords: the same for addresses that exist and those that do not."""

    status = 429
    default = _l("Too many attempts. Wait a little before you try again.")


class LastAdmin(Conflict):
    """Somebody has to be able to look after this place."""

    default = _l("This is the last administrator. Make somebody else one first.")


class NotYourself(Forbidden):
    """What nobody does to themselves."""

    default = _l("You cannot disable your own account.")
