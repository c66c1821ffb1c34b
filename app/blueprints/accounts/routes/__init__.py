"""The door and the settings of a person, over HTTP."""

from app.blueprints.accounts.guards import touch_later
from app.blueprints.accounts.routes import account_menu as account_menu
from app.blueprints.accounts.routes import door as door
from app.blueprints.accounts.routes import settings as settings
from app.blueprints.accounts.routes.blueprint import bp as bp

bp.after_app_request(touch_later)
