"""What enrolling may be refused for, in words."""

from collections.abc import Sequence

from app.core.errors import Conflict, Invalid, Text
from app.core.i18n import lazy_gettext as _l


class CourseFull(Conflict):
    """Every seat is taken or waited for, and there is no line to stand in."""

    def __init__(self, capacity: int) -> None:
        """Say how many seats there are."""
        super().__init__(
            _l(
                "All %(capacity)s seats are taken, and this course keeps no waitlist. "
                "Look at its page again: a seat that comes free shows there.",
                capacity=capacity,
            )
        )


class NotOpen(Conflict):
    """The course takes this person in not at all, or not just now."""


class ApprovalNeeded(Conflict):
    """Those who teach decide who takes part."""

    default = _l("Those who teach this course decide who takes part. Ask them to let you in.")


class PrerequisitesMissing(Conflict):
    """Other courses have to be completed first."""

    def __init__(self, titles: Sequence[str]) -> None:
        """Name them."""
        super().__init__(
            _l("Complete these first: %(courses)s.", courses=", ".join(f"“{t}”" for t in titles))
        )


class StatusFixed(Conflict):
    """How somebody stands in the course does not allow this step."""


class NotWaiting(Conflict):
    """The person is not in the line any more."""

    default = _l("You are not in the line any more.")


class OfferOver(Conflict):
    """No seat is held for this person, or not any more."""

    default = _l("No seat is held for you any more. You can join the end of the line again.")


class InvitationOver(Conflict):
    """The invitation was used up or taken back, or has run out."""

    default = _l("This invitation is over. Ask those who teach the course for a new one.")


class TooFewSeats(Invalid):
    """Fewer seats were asked for than are taken or held."""

    def __init__(self, capacity: int, taken: int) -> None:
        """Say both numbers."""
        message = _l(
            "%(taken)s seats are taken or held for somebody, so there cannot be only %(capacity)s.",
            taken=taken,
            capacity=capacity,
        )
        super().__init__(message, fields={"capacity": message})


class NeedsOneSeat(Invalid):
    """No seats at all were asked for."""

    def __init__(self) -> None:
        """Say it at the number."""
        message = _l("There has to be at least one seat.")
        super().__init__(message, fields={"capacity": message})


class NoSuchCohort(Invalid):
    """No cohort, or one that does not take anybody in, was chosen."""

    def __init__(self) -> None:
        """Say it at the choice."""
        message: Text = _l("Choose one of the groups that are open.")
        super().__init__(message, fields={"cohort_id": message})


class ReasonNeeded(Invalid):
    """Those who decide about others say why."""

    def __init__(self) -> None:
        """Say it at the reason."""
        message: Text = _l("Say why: the person it concerns will read it.")
        super().__init__(message, fields={"reason": message})


class NameTaken(Invalid):
    """Another cohort of the course is called so."""

    def __init__(self) -> None:
        """Say it at the name."""
        super().__init__(fields={"name": _l("Another cohort of this course has that name.")})


class NoSuchLeader(Invalid):
    """A cohort is led by somebody who teaches the course."""

    def __init__(self) -> None:
        """Say it at the choice."""
        super().__init__(fields={"instructor_id": _l("Choose somebody who teaches this course.")})


class CohortInUse(Conflict):
    """Somebody is in the cohort, waits for it, or is invited to it."""

    default = _l(
        "Somebody is or was in this cohort, so it stays. Close it, and it takes nobody in any more."
    )


class ListOutdated(Conflict):
    """What would come of a list is not what was shown."""

    default = _l(
        "The course has changed since you looked at this list, and nothing was done. Look at it "
        "again: it shows what would be done now."
    )
