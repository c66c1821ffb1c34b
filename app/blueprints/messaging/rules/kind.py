"""What a kind of notice is made of.

Words may name anything that the notice is about, by `%(name)s`; what ends in `_at` is a moment.
Mail of a topic can be switched off; what is in the page cannot.
"""

import enum
from dataclasses import dataclass
from urllib.parse import quote

from app.core.i18n import LazyText
from app.core.i18n import lazy_gettext as _l


class Topic(enum.StrEnum):
    """What mail is switched on and off by."""

    OFFERS = "offers"
    PLACES = "places"
    REQUESTS = "requests"
    AUTHORING = "authoring"
    INVITATIONS = "invitations"


class Audience(enum.StrEnum):
    """What somebody has to be, still, for a mail to be sent to them."""

    ANYBODY = "anybody"
    DECIDER = "decider"
    EDITOR = "editor"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that people are told.

    `title` is the line in the list and the subject of the mail, `text` what it means, `path` where
    it leads, and `button` how the mail names that.
    """

    name: str
    topic: Topic
    title: LazyText
    text: LazyText
    path: str
    button: LazyText
    icon: str = "bell"
    audience: Audience = Audience.ANYBODY


TOPICS: dict[Topic, tuple[LazyText, LazyText]] = {
    Topic.OFFERS: (_l("Seats held for you"), _l("A seat came free for you, or an offer ran out.")),
    Topic.PLACES: (_l("Your places in courses"), _l("Decisions about you, and waitlists.")),
    Topic.INVITATIONS: (_l("Invitations"), _l("Somebody asks you to take or to teach a course.")),
    Topic.REQUESTS: (
        _l("Requests to you"),
        _l("People ask to take part in a course that you teach."),
    ),
    Topic.AUTHORING: (_l("Reviews and publications"), _l("What becomes of courses you work on.")),
}


def path_of(kind: Kind, about: dict[str, str]) -> str:
    """Return where a notice leads; whatever it is about cannot lead elsewhere."""
    return kind.path % {name: quote(str(value), safe="") for name, value in about.items()}
