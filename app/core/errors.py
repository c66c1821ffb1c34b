"""What a service may refuse, and as what it is answered."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeAlias

from app.core.i18n import LazyText
from app.core.i18n import lazy_gettext as _l

Text: TypeAlias = str | LazyText


class DomainError(Exception):
    """A refusal that a person is told about, in words."""

    status: ClassVar[int] = 400
    default: ClassVar[Text] = _l("That could not be done.")

    def __init__(self, message: Text | None = None) -> None:
        """Say `message`, or the kind's own words."""
        self.message: Text = message or self.default
        super().__init__(self.message)

    def __str__(self) -> str:
        """Return the message in the reader's language."""
        return str(self.message)


class SignInNeeded(DomainError):
    """Nobody is signed in, and somebody has to be."""

    status = 401
    default = _l("Log in to go on.")


class Forbidden(DomainError):
    """The person may see the thing, but not do this to it."""

    status = 403
    default = _l("You may not do this.")


class NotFound(DomainError):
    """There is no such thing for this person."""

    status = 404
    default = _l("There is nothing here.")


class Conflict(DomainError):
    """Somebody else changed it first, or its state does not allow this."""

    status = 409
    default = _l("This was changed in the meantime.")


class Invalid(DomainError):
    """What was sent does not pass; `fields` maps a field's name to its message."""

    status = 422
    default = _l("Some of this needs another look.")

    def __init__(
        self, message: Text | None = None, *, fields: dict[str, Text] | None = None
    ) -> None:
        """Say `message` and, for each field, what is wrong with it."""
        super().__init__(message)
        self.fields: dict[str, Text] = fields or {}


class TooLong(Invalid):
    """Somebody wrote more than is kept."""

    def __init__(self, most: int) -> None:
        """Say how many characters there is room for."""
        super().__init__(_l("Keep it under %(most)s characters.", most=f"{most:,}"))


class TooMany(DomainError):
    """More than the limit allows; `retry_after` is in seconds, `kept` what was typed."""

    status = 429
    default = _l("That was a lot at once. Wait a moment and try again.")

    def __init__(
        self,
        message: Text | None = None,
        *,
        retry_after: int = 60,
        kept: Sequence[Any] = (),
    ) -> None:
        """Say `message`, or when to come back, and keep what was typed."""
        super().__init__(
            message
            or _l("That was a lot at once. Try again in %(seconds)s s.", seconds=retry_after)
        )
        self.retry_after = retry_after
        self.kept = kept


class Busy(DomainError):
    """The system cannot take this now; trying again soon will work."""

    status = 503
    default = _l("Lectern is busy just now. Try again in a few seconds.")


class NoSpace(DomainError):
    """Nothing more can be stored; only whoever looks after this place can change that."""

    status = 507
    default = _l(
        "There is no space left here to store this. Nothing was kept. Tell those who look after "
        "this place, and try again later."
    )
