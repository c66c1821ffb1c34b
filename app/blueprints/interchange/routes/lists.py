"""Lists of people: sent, looked at, agreed to; each person's row with what would come of it."""

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from flask import Response, flash, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import queries as enrollments
from app.blueprints.enrollments import services as places
from app.blueprints.enrollments.errors import ListOutdated
from app.blueprints.enrollments.policies import can_decide_people
from app.blueprints.enrollments.routes.frame import around, private
from app.blueprints.enrollments.rules.arrivals import Arrival, fingerprint
from app.blueprints.interchange import queries, services
from app.blueprints.interchange.errors import NotImportable
from app.blueprints.interchange.forms import ListForm
from app.blueprints.interchange.models import ListState, PeopleList
from app.blueprints.interchange.roster import MOST_BYTES, read_people
from app.blueprints.interchange.routes.blueprint import bp
from app.blueprints.interchange.services import ListRow
from app.core import limits
from app.core.db import writing
from app.core.errors import Conflict, Invalid, NotFound
from app.core.forms import options
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import takes_files
from app.core.limits import limiter
from app.core.pagination import Page, page_number
from app.core.storage import storage

ROWS = 50
# What is kept of a row is longer than the row at times: what is wrong with it is written out.
_MOST_KEPT = 4 * MOST_BYTES
BAD = "bad"
Shown = tuple[ListRow, Arrival | None]


def _largest() -> int:
    return MOST_BYTES


@bp.get("/teaching/<slug>/people/lists/new")
@course_guard(can_decide_people)
def new_list(course: Course) -> Response:
    """Show the form that takes a list."""
    return _show_form(course, _form(course))


@bp.post("/teaching/<slug>/people/lists")
@takes_files(_largest)
@limiter.limit(limits.CREATE)
@course_guard(can_decide_people)
def read_list(course: Course) -> Response:
    """Read the list, and go on to what would come of it."""
    form, file = _form(course), request.files.get("file")
    if not form.is_sent():
        return _show_form(course, form, status=422)
    try:
        if file is None or not file.filename:
            raise Invalid(fields={"file": _l("Choose a file.")})
        kept = services.packed(read_people(file.stream, file.filename), form.text("cohort"))
        with storage().staged(BytesIO(kept), most=_MOST_KEPT) as staged, writing():
            made = services.add_list(
                current_actor(), course_id=course.id, file_name=file.filename, staged=staged
            )
    except NotImportable as refused:
        form.file.errors = [str(one.message) for one in refused.problems]
        return _show_form(course, form, status=422)
    except Invalid as refused:
        form.take(refused)
        return _show_form(course, form, status=refused.status)
    return redirect(_address(course, made.id))


@bp.get("/teaching/<slug>/people/lists/<int:list_id>")
@course_guard(can_decide_people)
def people_list(course: Course, list_id: int) -> Response:
    """Show what would come of a list, or what came of it."""
    return _show_list(course, list_id)


@bp.post("/teaching/<slug>/people/lists/<int:list_id>/agreement")
@limiter.limit(limits.CREATE)
@course_guard(can_decide_people)
def agree(course: Course, list_id: int) -> Response:
    """Bring the list in, as it was shown."""
    found = queries.get_list(current_actor().id, course.id, list_id)
    rows = services.prepare_list(found.id) or []
    try:
        with writing():
            services.agree(
                current_actor(),
                course_id=course.id,
                list_id=list_id,
                agreed=request.form.get("agreed", ""),
                rows=rows,
            )
    except Conflict as refused:
        return _show_list(course, list_id, refusal=refused)
    return redirect(_address(course, list_id))


@bp.delete("/teaching/<slug>/people/lists/<int:list_id>")
@course_guard(can_decide_people)
def drop_list(course: Course, list_id: int) -> Response:
    """Forget a list without bringing anybody in."""
    found = queries.get_list(current_actor().id, course.id, list_id)
    with writing():
        services.drop_list(found.id)
    flash(_("The list is forgotten. Nothing was changed."))
    return redirect(url_for("enrollments.people", slug=course.slug))


def _show_list(course: Course, list_id: int, refusal: Conflict | None = None) -> Response:
    found = queries.get_list(current_actor().id, course.id, list_id)
    if found.state is not ListState.SHOWN:
        page = "interchange/people/ended.html", "interchange/people/_ended.html"
        return private(render(*page, **around(course), found=found))
    return _preview(course, found, refusal)


def _preview(course: Course, found: PeopleList, refusal: Conflict | None) -> Response:
    rows = services.prepare_list(found.id)
    if rows is None:
        raise NotFound(_l("The list is gone. Send it again."))
    listed = services.listed(rows)
    arrivals = places.look_ahead(course, enrollments.list_cohorts(course.id), listed)
    shown = _beside(rows, arrivals)
    chosen = request.args.get("show", "")
    wanted = [one for one in shown if not chosen or _kind(one) == chosen]
    number = page_number(request.args.get("page"))
    part = wanted[(number - 1) * ROWS : number * ROWS]
    here = _address(course, found.id)
    return private(
        render(
            "interchange/people/preview.html",
            status=refusal.status if refusal else 200,
            **around(course),
            found=found,
            refusal=refusal,
            people=Page(part, number, ROWS, len(wanted)),
            numbers=Counter(map(_kind, shown)),
            chosen=chosen,
            changes=sum(one.changes for one in arrivals),
            agreed=fingerprint(listed, arrivals),
            page_address=lambda n: f"{here}?show={chosen}&page={n}",
            outdated=isinstance(refusal, ListOutdated),
        )
    )


def _beside(rows: Sequence[ListRow], arrivals: Sequence[Arrival]) -> list[Shown]:
    """Put beside each row what would come of it; what cannot be taken or done comes first."""
    coming = iter(arrivals)
    beside = [(one, None if one.problem else next(coming)) for one in rows]
    return sorted(beside, key=lambda one: one[1] is not None and not one[1].is_refused)


def _kind(one: Shown) -> str:
    return one[1].value if one[1] else BAD


def _form(course: Course) -> ListForm:
    form = ListForm()
    cohorts = [(one.name, one.name) for one in enrollments.list_cohorts(course.id)]
    form.cohort.choices = options([("", _l("No cohort")), *cohorts])
    return form


def _show_form(course: Course, form: ListForm, status: int = 200) -> Response:
    page = render("interchange/people/new.html", status=status, **around(course), form=form)
    return private(page)


def _address(course: Course, list_id: int) -> str:
    return url_for("interchange.people_list", slug=course.slug, list_id=list_id)
