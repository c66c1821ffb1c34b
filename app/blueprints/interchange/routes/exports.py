"""Taking with one what the roster of a course shows, as a table."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from flask import Response, request, stream_with_context

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import queries as enrollments
from app.blueprints.enrollments.policies import can_see_people
from app.blueprints.enrollments.queries import RosterRow
from app.blueprints.enrollments.routes.frame import private, wanted_of
from app.blueprints.enrollments.rules.roster import RosterFilter
from app.blueprints.interchange.routes.blueprint import bp
from app.blueprints.interchange.rules import harmless
from app.core import audit, limits
from app.core.db import writing
from app.core.guards import current_actor
from app.core.limits import limiter
from app.core.registries import panels

# As `roster` reads them, so that what was taken out can be brought in again.
HEADS = ("email", "name", "status", "cohort", "progress", "since", "completed", "last seen")
# With it, Excel knows the letters.
_MARK = "\ufeff"


@bp.post("/teaching/<slug>/people/exports")
@limiter.limit(limits.CREATE)
@course_guard(can_see_people)
def export_people(course: Course) -> Response:
    """Send what the filters show, as CSV; written down in the audit trail first."""
    wanted = wanted_of(request.form)
    with writing():
        audit.record(
            current_actor(), "roster.exported", "course", course.id, **wanted.query(page=1)
        )
    response = Response(stream_with_context(_table(course.id, wanted)), mimetype="text/csv")
    name = f"people-{course.slug}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(response)


def _table(course_id: int, wanted: RosterFilter) -> Iterator[str]:
    yield _MARK + _lines([list(HEADS)])
    for rows in enrollments.roster_parts(course_id, wanted):
        ids = [row.enrollment.id for row in rows if row.enrollment]
        percents: list[dict[int, int]] = panels.call("enrollments.percents", ids)
        yield _lines([_cells(row, percents) for row in rows])


def _cells(row: RosterRow, percents: list[dict[int, int]]) -> list[str]:
    enrollment, person = row.enrollment, row.person
    return [
        person.email,
        person.display_name,
        enrollment.status.value if enrollment else row.line or "",
        row.cohort,
        *(str(one[enrollment.id]) if enrollment else "" for one in percents),
        _written(row.since),
        _written(enrollment.completed_at if enrollment else None),
        _written(row.seen_at),
    ]


def _lines(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _written(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
