"""What learners have done."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class LessonCompleted(Event):
    """A learner did a lesson."""

    enrollment_id: int
    lesson_key: str


@dataclass(frozen=True, slots=True)
class CourseCompleted(Event):
    """A learner has done everything that a course requires; it happens once."""

    enrollment_id: int
    course_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class RenewalGoesOn(Event):
    """After a publication, everybody's progress is renewed up to this enrolment."""

    course_id: int
    version_id: int
    after: int


@dataclass(frozen=True, slots=True)
class CertificateIssued(Event):
    """A learner was given the proof of a completed course."""

    enrollment_id: int
    serial: str


@dataclass(frozen=True, slots=True)
class CertificateRevoked(Event):
    """A certificate is no longer valid."""

    enrollment_id: int
    serial: str
    reason: str
