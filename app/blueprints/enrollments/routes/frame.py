"""What the pages about the people of a course share: their places, with numbers, and filters."""

from typing import Any

from flask import Response, request, url_for
from werkzeug.datastructures import MultiDict

from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries
from app.blueprints.enrollments.models import EnrollmentStatus
from app.blueprints.enrollments.queries import PeopleCounts
from app.blueprints.enrollments.rules.roster import IN_LINE, RosterFilter, Sort, Standing
from app.core.errors import Text
from app.core.guards import current_actor
from app.core.htmx import render
from app.core.i18n import lazy_gettext as _l
from app.core.pagination import page_number

# Its name, its address, whether this is it ("page") or lies within it ("true"), and a number.
Tab = tuple[Text, str, str, int | None]
_STANDINGS: dict[str, Standing] = {one.value: one for one in (*EnrollmentStatus, *IN_LINE)}


def show(
    course: Course, place: str, fragment: str | None = None, *, status: int = 200, **context: Any
) -> Response:
    """Answer with one of the pages about the people of `course`; `place` is its template."""
    return private(
        render(
            f"enrollments/people/{place}.html",
            f"enrollments/people/{fragment}.html" if fragment else None,
            status=status,
            **around(course),
            **context,
        )
    )


def around(course: Course) -> dict[str, Any]:
    """Return what the frame of these pages needs."""
    counts = queries.count_people(course.id)
    return {
        "course": course,
        "counts": counts,
        "tabs": _tabs(course, counts),
        "can_decide": policies.can_decide_people(current_actor(), course),
    }


def private(response: Response) -> Response:
    """Let nobody who uses this browser later see the names and addresses of people."""
    response.headers["Cache-Control"] = "no-store"
    return response


def wanted_of(sent: MultiDict[str, str]) -> RosterFilter:
    """Return what of the roster the parts of an address, or the fields of a form, ask for."""
    sort = sent.get("sort", "")
    name = sort.removeprefix("-")
    return RosterFilter(
        search=sent.get("q", "").strip(),
        status=_STANDINGS.get(sent.get("status", "")),
        cohort_id=number_or_none(sent.get("cohort", "")),
        sort=Sort(name) if name in set(Sort) else Sort.NAME,
        is_descending=sort.startswith("-"),
        page=page_number(sent.get("page")),
    )


def number_or_none(text: str) -> int | None:
    """Return the number of a row that was sent; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _tabs(course: Course, counts: PeopleCounts) -> list[Tab]:
    pages = [
        ("people", _l("People"), counts.everybody),
        ("requests", _l("Requests"), counts.asking),
        ("waitlist", _l("Waitlist"), counts.waiting + counts.offered),
        ("invitations", _l("Invitations"), counts.invited),
        ("cohorts", _l("Seats and cohorts"), None),
    ]
    if counts.required:
        pages.append(("waivers", _l("Exceptions"), None))
    places = [
        (label, url_for(f"enrollments.{name}", slug=course.slug), n) for name, label, n in pages
    ]
    here = request.script_root + request.path
    within = [address for _label, address, _n in places if f"{here}/".startswith(f"{address}/")]
    current = {max(within, key=len, default=""): "true"} | {here: "page"}
    return [(label, address, current.get(address, ""), n) for label, address, n in places]
