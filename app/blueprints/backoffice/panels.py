"""What the back office hangs on pages of the ground floor: its place in the navigation."""

from app.blueprints.backoffice.policies import can_administer
from app.core.i18n import lazy_gettext as _l
from app.core.registries import nav

nav.add(_l("Administration"), "/admin", order=90, visible=can_administer)
