"""What enrolling may be refused for, in words."""

from app.core.errors import Conflict, Invalid
from app.core.i18n import lazy_gettext as _l


class CourseFull(Conflict):
    """Every seat is taken."""

    def __init__(self, capacity: int) -> None:
        """Say how many seats there are."""
        super().__init__(
            _l(
                "All %(capacity)s seats of this course are taken. "
                "Look at its page again: a seat that comes free shows there.",
                capacity=capacity,
            )
        )


class NotOpen(Conflict):
    """The course takes nobody in just now."""


class StatusFixed(Conflict):
    """How somebody stands in the course does not allow this step."""


class TooFewSeats(Invalid):
    """Fewer seats were asked for than are taken."""

    def __init__(self, capacity: int, taken: int) -> None:
        """Say both numbers."""
        message = _l(
            "%(taken)s seats are taken, so the course cannot have only %(capacity)s.",
            taken=taken,
            capacity=capacity,
        )
        super().__init__(message, fields={"capacity": message})
