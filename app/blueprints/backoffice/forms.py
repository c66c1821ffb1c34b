"""What administrators fill in about people."""

from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from app.blueprints.accounts.models import StaffRole, User
from app.blueprints.profiles.models import Tier
from app.core.forms import Form, options
from app.core.i18n import lazy_gettext as _l


class RolesForm(Form):
    """What a person may do beyond learning."""

    contributor = BooleanField(_l("Contributor"), description=_l("Makes and edits own courses."))
    approver = BooleanField(_l("Approver"), description=_l("Reviews and publishes any course."))
    admin = BooleanField(_l("Administrator"), description=_l("Everything, this back office too."))

    @classmethod
    def of(cls, user: User) -> "RolesForm":
        """Show the roles that `user` holds."""
        return cls(data={role.value: role.value in user.roles for role in StaffRole})

    @property
    def roles(self) -> list[str]:
        """Return the roles that are ticked."""
        return [role.value for role in StaffRole if self[role.value].data]


class TierForm(Form):
    """How much an instructor may do."""

    tier = SelectField(_l("Tier"), [InputRequired()], coerce=int)

    def __init__(self, tiers: list[Tier], chosen: Tier | None = None, **kwargs: Any) -> None:
        """Offer `tiers`."""
        super().__init__(data={"tier": chosen.id if chosen else None}, **kwargs)
        self.tier.choices = options((str(tier.id), tier.name) for tier in tiers)
