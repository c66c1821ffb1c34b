"""What those are told who teach, write and review courses: words, and where they lead."""

from app.blueprints.messaging.rules.kind import Audience, Kind, Topic
from app.core.i18n import lazy_gettext as _l

_STEP = "/teaching/%(slug)s/review"

TEACHER_KINDS = (
    Kind(
        "invited_to_teach",
        Topic.INVITATIONS,
        _l("%(name)s invites you to teach “%(course)s”"),
        _l("The invitation is good until %(until_at)s."),
        "/teaching/invitations/%(token)s",
        _l("See the invitation"),
        "people",
    ),
    Kind(
        "requests",
        Topic.REQUESTS,
        _l("Requests wait in “%(course)s”"),
        _l("People who wait for a decision: %(count)s."),
        "/teaching/%(slug)s/people/requests",
        _l("Decide"),
        "people",
        Audience.DECIDER,
    ),
    Kind(
        "review_asked",
        Topic.AUTHORING,
        _l("“%(course)s” waits for your review"),
        _l("%(name)s has submitted it."),
        "/review/%(request)s",
        _l("Review it"),
        "eye",
        Audience.APPROVER,
    ),
    Kind(
        "review_approved",
        Topic.AUTHORING,
        _l("“%(course)s” was approved"),
        _l("%(name)s approved what you submitted; it is being published."),
        _STEP,
        _l("See how it stands"),
        "check",
        Audience.EDITOR,
    ),
    Kind(
        "review_sent_back",
        Topic.AUTHORING,
        _l("“%(course)s” was sent back to you"),
        _l("%(name)s says what should be changed."),
        _STEP,
        _l("See what to change"),
        "undo",
        Audience.EDITOR,
    ),
    Kind(
        "published",
        Topic.AUTHORING,
        _l("Version %(number)s of “%(course)s” is published"),
        _l("This is what learners see from now on."),
        "/courses/%(slug)s",
        _l("Open the course"),
        "check",
        Audience.EDITOR,
    ),
    Kind(
        "not_published",
        Topic.AUTHORING,
        _l("“%(course)s” was not published"),
        _l("It has changed since you asked, or something was in the way. Nothing is lost."),
        _STEP,
        _l("See what to do"),
        "warning",
        Audience.EDITOR,
    ),
)
