"""The learner's pages: dashboard, player, certificates."""

from app.blueprints.learning.routes import certificates as certificates
from app.blueprints.learning.routes import dashboard as dashboard
from app.blueprints.learning.routes import news as news
from app.blueprints.learning.routes import player as player
from app.blueprints.learning.routes.blueprint import bp as bp
