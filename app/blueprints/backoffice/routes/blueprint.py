"""The blueprint, its guard, and what its pages share."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request, url_for

from app.blueprints.backoffice.policies import can_administer
from app.blueprints.backoffice.rules import act_name, thing_name
from app.core.addresses import here
from app.core.guards import guard
from app.core.i18n import lazy_gettext as _l

bp = Blueprint("backoffice", __name__, url_prefix="/admin")
administrators = guard(can_administer)

FILTERS = ("q", "role", "status", "state", "actor", "action", "object", "page")
TABS = (
    ("backoffice.overview", _l("Overview")),
    ("backoffice.people", _l("People")),
    ("backoffice.tiers", _l("Tiers")),
    ("backoffice.courses", _l("Courses")),
    ("backoffice.terms", _l("Subjects and tags")),
    ("backoffice.jobs", _l("Jobs")),
    ("backoffice.mails", _l("Mail")),
    ("backoffice.trail", _l("Audit")),
)
# Where a tab leads that has several pages.
_FIRST: dict[str, dict[str, Any]] = {"backoffice.terms": {"kind": "subjects"}}


def tab_links() -> list[tuple[object, str, bool]]:
    """Return the pages of the back office: label, address, whether it is the present one."""
    present = request.endpoint or ""
    return [
        (label, url_for(name, **_FIRST.get(name, {})), present.startswith(name))
        for name, label in TABS
    ]


def page_address(**more: str | int) -> str:
    """Return this page's address with its filters, and `more` in place of what it had."""
    asked = {**request.args.to_dict(), **more}
    kept = {name: value for name, value in asked.items() if name in FILTERS and value}
    return f"{here()}?{urlencode(kept)}" if kept else here()


def pages_of() -> Callable[[int], str]:
    """Return the function from a page's number to its address."""
    return lambda number: page_address(page=number)


@bp.context_processor
def for_templates() -> dict[str, object]:
    """Give every page of the back office its tabs, its addresses and the names of acts."""
    names = {"act_name": act_name, "thing_name": thing_name}
    return {"admin_tabs": tab_links, "page_address": page_address, "url_of": pages_of(), **names}
