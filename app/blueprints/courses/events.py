"""What has happened to courses."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class CoursePublished(Event):
    """A version became the one that learners see."""

    course_id: int
    version_id: int
    number: int


@dataclass(frozen=True, slots=True)
class CourseStatusChanged(Event):
    """A course moved from one status to another."""

    course_id: int
    from_status: str
    to_status: str


@dataclass(frozen=True, slots=True)
class AdmissionChanged(Event):
    """A course lets people in by other rules."""

    course_id: int


@dataclass(frozen=True, slots=True)
class AssetAdded(Event):
    """A file was sent into a course."""

    asset_id: int


@dataclass(frozen=True, slots=True)
class FileArrived(Event):
    """A browser says that it has sent a file to the storage; nobody has looked at it yet."""

    token: str


@dataclass(frozen=True, slots=True)
class CourseDeleted(Event):
    """A course was put away; an administrator can bring it back."""

    course_id: int


@dataclass(frozen=True, slots=True)
class CourseRestored(Event):
    """A deleted course was brought back."""

    course_id: int


@dataclass(frozen=True, slots=True)
class InvitedToTeach(Event):
    """An address was asked to work in a course; whether somebody here has it is not said."""

    invitation_id: int
    course_id: int
    email: str
    actor_id: int
