"""What learning may be refused for, in words."""

from app.core.errors import Conflict, Forbidden, NotFound
from app.core.i18n import lazy_gettext as _l


class NotLearning(Forbidden):
    """The person is not in the course, or not at present; the message says which."""


class LessonGone(NotFound):
    """The lesson is not in the learner's version of the course."""

    default = _l("This lesson is no longer part of the course. What you did is kept.")


class CourseCompletedAlready(Conflict):
    """Nothing is taken back in a completed course."""

    default = _l("You have completed this course, so its lessons stay done.")


class LessonLocked(Conflict):
    """The lesson is not open for this learner yet."""

    default = _l("This lesson is not open yet. Its page says what opens it.")


class TooEarly(Conflict):
    """The lesson takes its time, and it has not passed yet."""
