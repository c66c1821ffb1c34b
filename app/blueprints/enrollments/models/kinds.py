"""The closed sets of words that people's places in courses are described with."""

import enum


class EnrollmentStatus(enum.StrEnum):
    """How somebody stands in a course."""

    PENDING = "pending"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class WaitlistState(enum.StrEnum):
    """How far somebody has come in a line: the first two are open, the others are over."""

    WAITING = "waiting"
    OFFERED = "offered"
    SEATED = "seated"
    DECLINED = "declined"
    EXPIRED = "expired"
    LEFT = "left"
