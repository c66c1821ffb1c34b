"""What has happened to people's places in courses."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class Enrolled(Event):
    """Somebody took a seat; `came_back` if they had been in the course before."""

    enrollment_id: int
    course_id: int
    user_id: int
    came_back: bool


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """Somebody left a course."""

    enrollment_id: int
    course_id: int
    user_id: int
