"""Pages of the house itself; in development also the style guide."""

from app.blueprints.home.routes import landing as landing
from app.blueprints.home.routes import site as site
from app.blueprints.home.routes import styleguide as styleguide
from app.blueprints.home.routes import teaching as teaching
from app.blueprints.home.routes.blueprint import bp as bp

bp.register_blueprint(styleguide.bp)
