"""The learner's pages: dashboard, player, certificates."""

from flask import Blueprint

bp = Blueprint("learning", __name__)

from app.blueprints.learning.routes import certificates as certificates  # noqa: E402
from app.blueprints.learning.routes import dashboard as dashboard  # noqa: E402
from app.blueprints.learning.routes import player as player  # noqa: E402
