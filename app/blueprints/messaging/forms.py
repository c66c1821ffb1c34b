"""What people choose about notices."""

from app.blueprints.messaging.rules.kind import TOPICS
from app.core.forms import ChecksField, Form, SentField, options
from app.core.i18n import lazy_gettext as _l


class MailForm(Form):
    """Which topics come by mail."""

    topics = ChecksField(
        _l("Also by e-mail"), choices=options((topic, words[0]) for topic, words in TOPICS.items())
    )
    ticked = SentField()
