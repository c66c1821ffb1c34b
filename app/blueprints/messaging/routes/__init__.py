"""Pages of notices: the list, the choices, and, while developing, the mail that was written."""

from app.blueprints.messaging.routes import choices as choices
from app.blueprints.messaging.routes import developing as developing
from app.blueprints.messaging.routes import notices as notices
from app.blueprints.messaging.routes.blueprint import bp as bp
