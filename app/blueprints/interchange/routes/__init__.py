"""What comes in and goes out over HTTP: courses in, lists of people in and out."""

from app.blueprints.interchange.routes import courses as courses
from app.blueprints.interchange.routes import exports as exports
from app.blueprints.interchange.routes import lists as lists
from app.blueprints.interchange.routes.blueprint import bp as bp
