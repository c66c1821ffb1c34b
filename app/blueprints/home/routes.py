"""Pages of the house itself; in development also the style guide."""

from flask import Blueprint

from app.blueprints.home import styleguide

bp = Blueprint("home", __name__)
bp.register_blueprint(styleguide.bp)
