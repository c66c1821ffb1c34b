"""What courses hang on pages of the ground floor."""

from app.core.i18n import lazy_gettext as _l
from app.core.registries import nav

nav.add(_l("Courses"), "/courses", order=10, visible=lambda actor: True)
