"""The door and the settings of a person, over HTTP."""

from app.blueprints.accounts.routes import door as door
from app.blueprints.accounts.routes import settings as settings
from app.blueprints.accounts.routes.blueprint import bp as bp
from app.blueprints.accounts.routes.session import touch_later

bp.after_app_request(touch_later)
