"""Writes of notices: telling people, what they have read, their mail and their choices."""

from app.blueprints.messaging.services.choices import choose_mail as choose_mail
from app.blueprints.messaging.services.forgetting import forget as forget
from app.blueprints.messaging.services.mails import Outcome as Outcome
from app.blueprints.messaging.services.mails import send_again as send_again
from app.blueprints.messaging.services.mails import settle as settle
from app.blueprints.messaging.services.reading import mark_all_read as mark_all_read
from app.blueprints.messaging.services.reading import mark_read as mark_read
from app.blueprints.messaging.services.telling import News as News
from app.blueprints.messaging.services.telling import tell as tell
from app.blueprints.messaging.services.telling import tell_address as tell_address
