"""What authoring hangs on pages of the ground floor: its place in the navigation."""

from app.blueprints.builder.policies import can_review
from app.core.i18n import lazy_gettext as _l
from app.core.registries import nav

nav.add(_l("Review"), "/review", order=40, visible=can_review)
