"""The back office over HTTP."""

from app.blueprints.backoffice.routes import audit as audit
from app.blueprints.backoffice.routes import courses as courses
from app.blueprints.backoffice.routes import jobs as jobs
from app.blueprints.backoffice.routes import mails as mails
from app.blueprints.backoffice.routes import overview as overview
from app.blueprints.backoffice.routes import people as people
from app.blueprints.backoffice.routes import terms as terms
from app.blueprints.backoffice.routes import tiers as tiers
from app.blueprints.backoffice.routes.blueprint import bp as bp
