"""What courses refuse."""

from app.core.errors import Conflict, Invalid
from app.core.i18n import lazy_gettext as _l


class WrongStatus(Conflict):
    """The course's life does not go that way from where it stands."""

    default = _l("The course cannot go there from where it stands now.")


class NothingToCopy(Conflict):
    """There is no published version to begin from."""

    default = _l("This course has no published version yet.")


class SlugFixed(Conflict):
    """The course was published, so people have its address."""

    default = _l("This course has been published, so its address stays: people may have kept it.")


class TemplatesStay(Conflict):
    """A template is what courses are begun from; it is never one that people take."""

    default = _l("This is a template. Begin a course from it, and publish that.")


class LastOwner(Conflict):
    """Nobody would decide about the course any more."""

    default = _l("A course needs an owner. Make somebody else an owner first.")


class InvitationOver(Conflict):
    """The invitation was answered, taken back, or has run out."""

    default = _l("This invitation is over. Ask for a new one.")


class PricedNotOpen(Invalid):
    """Nothing grants entitlements yet, so nobody could pay for what everybody could enter."""

    def __init__(self) -> None:
        """Say it at the price."""
        super().__init__(
            fields={
                "price": _l(
                    "A course with a price cannot be open to everybody, since nothing here takes "
                    "payments yet. Let people in by approval or by invitation, or make it free."
                )
            }
        )


class ClosesBeforeItOpens(Invalid):
    """Nobody could ever get in."""

    def __init__(self) -> None:
        """Say it at the end."""
        words = _l("Enrolment has to close after it opens.")
        super().__init__(fields={"enrolment_closes_at": words})


class CircularPrerequisite(Invalid):
    """The courses would ask for each other in a circle."""

    def __init__(self, title: str) -> None:
        """Name the course that asks for this one already."""
        words = _l("“%(title)s” already asks for this course, by itself or by others.", title=title)
        super().__init__(fields={"required": words})


class OverQuota(Invalid):
    """More courses than the person's tier allows; the message says how many and what to do."""


class NoRoom(Invalid):
    """More bytes than the person's tier allows; the message says how many and what to do."""

    status = 507


class ForeignFile(Invalid):
    """A lesson shows a file that its course does not have."""

    default = _l(
        "This text shows a file that does not belong to this course, so learners could not see "
        "it. Send the file into this course and choose it again."
    )


class InUse(Conflict):
    """A file that a lesson shows cannot be deleted."""

    default = _l(
        "This file is still shown in a lesson, or in an earlier version of one. Take it out there "
        "first."
    )
