"""Places in courses over HTTP: taking one, and the people of a course for those who teach it."""

from app.blueprints.enrollments.routes import enrolling as enrolling
from app.blueprints.enrollments.routes import invited as invited
from app.blueprints.enrollments.routes import people as people
from app.blueprints.enrollments.routes.blueprint import bp as bp
