"""What the house hangs on pages of the ground floor: the way to what somebody teaches."""

from app.blueprints.home.policies import sees_teaching
from app.core.i18n import lazy_gettext as _l
from app.core.registries import nav

nav.add(_l("Teaching"), "/teaching", order=30, visible=sees_teaching)
