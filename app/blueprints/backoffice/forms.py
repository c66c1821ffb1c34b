"""What administrators fill in about people and tiers."""

from functools import cache
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from app.blueprints.accounts.models import StaffRole, User
from app.blueprints.profiles.models import STANDARD, Tier
from app.blueprints.profiles.rules import QUOTAS, Quota
from app.core.forms import Form, SentField, options
from app.core.i18n import lazy_gettext as _l


class RolesForm(Form):
    """What a person may do beyond learning."""

    contributor = BooleanField(_l("Contributor"), description=_l("Makes and edits own courses."))
    approver = BooleanField(_l("Approver"), description=_l("Reviews and publishes any course."))
    admin = BooleanField(_l("Administrator"), description=_l("Everything, this back office too."))
    ticked = SentField()

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


class TierSettingsForm(Form):
    """What a tier allows: a field for each quota that there is."""

    name = StringField(
        _l("Name"),
        [
            InputRequired(_l("Give it a name.")),
            Length(max=60, message=_l("Keep the name under 60 characters.")),
        ],
    )
    can_self_publish = BooleanField(_l("Publishes without a review"))
    is_default = BooleanField(_l("New instructors are in this tier"))

    @classmethod
    def of(cls, tier: Tier | None = None) -> "TierSettingsForm":
        """Show `tier`, or what a new one begins with."""
        source = tier or Tier(**STANDARD)
        data = {quota.name: getattr(source, quota.name) // quota.unit for quota in QUOTAS}
        for name in ("name", "can_self_publish", "is_default") if tier else ():
            data[name] = getattr(source, name)
        return _with_quotas()(data=data)

    @property
    def quotas(self) -> dict[str, int]:
        """Return the quotas as they are stored."""
        return {quota.name: int(self[quota.name].data) * quota.unit for quota in QUOTAS}


@cache
def _with_quotas() -> type[TierSettingsForm]:
    """Return the form with a number for each quota that profiles list."""
    fields = {quota.name: _number(quota) for quota in QUOTAS}
    return type("QuotasForm", (TierSettingsForm,), fields)


def _number(quota: Quota) -> Any:
    words = _l("Give a number between 0 and %(most)s.", most=quota.most)
    return IntegerField(quota.label, [InputRequired(words), NumberRange(0, quota.most, words)])


class TermForm(Form):
    """What a subject, a category or a tag is called."""

    name = StringField(_l("Name"), [InputRequired(_l("Give it a name.")), Length(max=80)])
