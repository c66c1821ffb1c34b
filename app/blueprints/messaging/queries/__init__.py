"""Reads of notices, of their mail, and of who is to be told."""

from app.blueprints.messaging.queries.destinations import find_place as find_place
from app.blueprints.messaging.queries.mails import MailToSend as MailToSend
from app.blueprints.messaging.queries.mails import find_mail_to_send as find_mail_to_send
from app.blueprints.messaging.queries.mails import list_mails as list_mails
from app.blueprints.messaging.queries.notices import count_unread as count_unread
from app.blueprints.messaging.queries.notices import find_notice as find_notice
from app.blueprints.messaging.queries.notices import list_notices as list_notices
from app.blueprints.messaging.queries.notices import muted_topics as muted_topics
from app.blueprints.messaging.queries.people import active_people as active_people
from app.blueprints.messaging.queries.people import approvers as approvers
from app.blueprints.messaging.queries.people import count_requests as count_requests
from app.blueprints.messaging.queries.people import team_of as team_of
from app.blueprints.messaging.queries.relevance import still_waits as still_waits
