"""Invitations go to addresses, whether somebody here has them or not."""

from app.blueprints.accounts.queries import find_user_by_email
from app.blueprints.courses import queries as courses
from app.blueprints.courses.events import InvitedToTeach
from app.blueprints.courses.models import TeachingInvitation
from app.blueprints.enrollments import queries as enrollments
from app.blueprints.enrollments.events import Invited
from app.blueprints.enrollments.models import Invitation
from app.blueprints.messaging import services
from app.blueprints.messaging.services import News
from app.core.events import on, running_id


@on(InvitedToTeach)
def tell_who_is_invited_to_teach(event: InvitedToTeach) -> None:
    """Send the invitation to teach."""
    _tell("invited_to_teach", courses.find_open_invitation(event.invitation_id))


@on(Invited)
def tell_who_is_invited(event: Invited) -> None:
    """Send the invitation to take part."""
    _tell("invited", enrollments.find_open_invitation(event.invitation_id))


def _tell(kind: str, invitation: TeachingInvitation | Invitation | None) -> None:
    """Send an invitation, unless it has been answered or taken back meanwhile."""
    if invitation is None:
        return
    about = {
        "course": invitation.course.title,
        "name": invitation.invited_by.display_name,
        "invitation": invitation.id,
        "until_at": invitation.expires_at.isoformat(),
    }
    news = News(kind, running_id(), invitation.course_id, about)
    user = find_user_by_email(invitation.email)
    if user is None:
        services.tell_address(news, invitation.email)
    else:
        services.tell(news, [user.id])
