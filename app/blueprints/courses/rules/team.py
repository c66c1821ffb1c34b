"""Who runs a course: at least one owner, always."""

from collections.abc import Mapping

from app.blueprints.courses.models.kinds import CourseRole
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

ROLE_NAMES: dict[CourseRole, Text] = {
    CourseRole.OWNER: _l("Owner"),
    CourseRole.INSTRUCTOR: _l("Instructor"),
    CourseRole.ASSISTANT: _l("Assistant"),
}
# What each may do, the most first.
ROLE_WORDS: dict[CourseRole, Text] = {
    CourseRole.OWNER: _l("decides about the course, its team and its end"),
    CourseRole.INSTRUCTOR: _l("edits the course and grades"),
    CourseRole.ASSISTANT: _l("grades and answers, edits nothing"),
}


def leaves_no_owner(
    roles: Mapping[int, CourseRole], person: int, becomes: CourseRole | None
) -> bool:
    """Tell whether a course would have no owner once `person` has another role, or none."""
    others = (role for one, role in roles.items() if one != person)
    return becomes is not CourseRole.OWNER and CourseRole.OWNER not in others


def higher(one: CourseRole | None, other: CourseRole) -> CourseRole:
    """Return the role of the two that may do more."""
    order = list(CourseRole)
    return other if one is None or order.index(other) < order.index(one) else one


def role_name(role: CourseRole) -> Text:
    """Return what a role is called."""
    return ROLE_NAMES[role]
