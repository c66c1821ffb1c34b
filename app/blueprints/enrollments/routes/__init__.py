"""Places in courses over HTTP: taking one, and the people of a course for those who teach it."""

from app.blueprints.enrollments.routes import cohorts as cohorts
from app.blueprints.enrollments.routes import decisions as decisions
from app.blueprints.enrollments.routes import enrolling as enrolling
from app.blueprints.enrollments.routes import history as history
from app.blueprints.enrollments.routes import invitations as invitations
from app.blueprints.enrollments.routes import invited as invited
from app.blueprints.enrollments.routes import requests as requests
from app.blueprints.enrollments.routes import roster as roster
from app.blueprints.enrollments.routes import seats as seats
from app.blueprints.enrollments.routes import waitlist as waitlist
from app.blueprints.enrollments.routes import waivers as waivers
from app.blueprints.enrollments.routes.blueprint import bp as bp
