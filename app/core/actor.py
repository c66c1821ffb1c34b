"""Who acts: plain values, so that services and rules need no session and no request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person for the length of one request or job.

    `unread` is how many notices the bell shows them; jobs do not ask.
    """

    id: int
    display_name: str
    email: str
    roles: frozenset[str] = frozenset()
    session_id: int | None = None
    session_token: str = ""
    unread: int = 0

    @property
    def is_authenticated(self) -> bool:
        """Tell whether this is a known person."""
        return self.id > 0

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody is signed in."""
        return not self.is_authenticated

    @property
    def is_active(self) -> bool:
        """Tell whether this person may be signed in; disabled ones are never loaded."""
        return self.is_authenticated

    @property
    def is_admin(self) -> bool:
        """Tell whether this is an administrator."""
        return "admin" in self.roles

    @property
    def is_approver(self) -> bool:
        """Tell whether this person reviews courses."""
        return "approver" in self.roles

    @property
    def is_contributor(self) -> bool:
        """Tell whether this person may make courses."""
        return "contributor" in self.roles

    def get_id(self) -> str:
        """Return what the session cookie names: the session, so that it can be revoked."""
        return self.session_token


ANONYMOUS = Actor(id=0, display_name="", email="")
# What the system does by itself: jobs, commands, the demonstration school.
SYSTEM = Actor(id=0, display_name="Lectern", email="", roles=frozenset({"admin"}))
