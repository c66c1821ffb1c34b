"""Invitations go to addresses, whether somebody here has them or not."""

from app.blueprints.accounts.queries import find_user_by_email
from app.blueprints.courses.events import InvitedToTeach
from app.blueprints.courses.queries import find_open_invitation
from app.blueprints.messaging import services
from app.blueprints.messaging.services import News
from app.core.events import on, running_id


@on(InvitedToTeach)
def tell_who_is_invited_to_teach(event: InvitedToTeach) -> None:
    """Send the invitation, unless it has been answered or taken back meanwhile."""
    invitation = find_open_invitation(event.invitation_id)
    if invitation is None:
        return
    about = {
        "course": invitation.course.title,
        "name": invitation.invited_by.display_name,
        "invitation": invitation.id,
        "until_at": invitation.expires_at.isoformat(),
    }
    _send(News("invited_to_teach", running_id(), event.course_id, about), event.email)


def _send(news: News, email: str) -> None:
    user = find_user_by_email(email)
    if user is None:
        services.tell_address(news, email)
    else:
        services.tell(news, [user.id])
