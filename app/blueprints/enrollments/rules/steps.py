"""The one next step that somebody can take with a course."""

import enum
from dataclasses import dataclass
from datetime import datetime

from app.blueprints.enrollments.models import EnrollmentStatus, WaitlistState
from app.blueprints.enrollments.rules.admission import Door, Visitor, must_ask, why_closed
from app.blueprints.enrollments.rules.statuses import MEMBERS
from app.core.errors import Text


class Step(enum.StrEnum):
    """What the course page offers to this person."""

    GO_ON = "go_on"
    ANSWER_OFFER = "answer_offer"
    WAIT_IN_LINE = "wait_in_line"
    WAIT_FOR_ANSWER = "wait_for_answer"
    CLOSED = "closed"
    PREPARE = "prepare"
    ACCEPT = "accept"
    ASK = "ask"
    SIT_DOWN = "sit_down"
    JOIN_LINE = "join_line"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Scene:
    """What decides about the step; `waits` is how far somebody has come in an open wait."""

    door: Door
    visitor: Visitor
    now: datetime
    waits: WaitlistState | None = None
    lacks_courses: bool = False
    is_full: bool = False
    has_waitlist: bool = True


def next_step(scene: Scene) -> tuple[Step, Text | None]:
    """Return the step, and for a closed door why it is closed."""
    standing = _standing(scene)
    if standing:
        return standing, None
    closed = why_closed(scene.door, scene.visitor, scene.now)
    asked = scene.visitor.status is EnrollmentStatus.PENDING and not scene.visitor.admitted
    if asked and (closed or must_ask(scene.door, scene.visitor)):
        return Step.WAIT_FOR_ANSWER, None  # those who teach can let them in all the same
    if closed:
        return Step.CLOSED, closed
    return _way_in(scene), None


def _standing(scene: Scene) -> Step | None:
    """Return what there is to do for one who is in, or waits already."""
    if scene.visitor.status in MEMBERS:
        return Step.GO_ON
    if scene.waits is WaitlistState.OFFERED:
        return Step.ANSWER_OFFER
    if scene.waits is WaitlistState.WAITING:
        return Step.WAIT_IN_LINE
    return None


def _way_in(scene: Scene) -> Step:
    if scene.lacks_courses and not scene.visitor.admitted:
        return Step.PREPARE
    if scene.is_full and not scene.has_waitlist:
        return Step.FULL
    if scene.visitor.invited:
        return Step.ACCEPT
    if must_ask(scene.door, scene.visitor):
        return Step.ASK
    return Step.JOIN_LINE if scene.is_full else Step.SIT_DOWN
