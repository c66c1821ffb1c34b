"""The settings of a course: what acts at once, whatever version is published."""

from app.blueprints.courses.routes.settings import admission as admission
from app.blueprints.courses.routes.settings import life as life
from app.blueprints.courses.routes.settings import placing as placing
from app.blueprints.courses.routes.settings import team as team
