"""Commands on several lessons at once, named by `key`: each is one operation, all or nothing."""

from flask import Response, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.forms import read_place
from app.blueprints.builder.routes.answers import answer_change, context_of
from app.blueprints.builder.routes.blueprint import bp, command
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import lazy_gettext as _l


@bp.get("/teaching/<slug>/selection/place")
@course_guard(can_edit_course)
def choose_place(course: Course) -> Response:
    """Ask where lessons should go."""
    return show_places(course, _keys())


@bp.post("/teaching/<slug>/selection/place")
@command
@course_guard(can_edit_course)
def to_choose_place(course: Course) -> Response:
    """Go on to where one is asked: the ticked lessons come in a form with a token."""
    return redirect(url_for("builder.choose_place", slug=course.slug, key=_keys()))


@bp.post("/teaching/<slug>/selection/move")
@command
@course_guard(can_edit_course)
def move_lessons(course: Course) -> Response:
    """Put lessons into a module, after another or first."""
    module, after = read_place(request.values)
    with writing():
        change = services.move_lessons(
            current_actor(), course_id=course.id, keys=_keys(), module=module, after=after
        )
    return answer_change(course, change)


@bp.post("/teaching/<slug>/selection/copies")
@command
@course_guard(can_edit_course)
def duplicate_lessons(course: Course) -> Response:
    """Copy lessons, each to the place after itself."""
    actor, keys = current_actor(), _keys()
    prepared = services.prepare_copies(actor, course_id=course.id, keys=keys)
    with writing():
        change = services.duplicate_lessons(actor, prepared, keys=keys)
    return answer_change(course, change)


@bp.patch("/teaching/<slug>/selection")
@command
@course_guard(can_edit_course)
def require_lessons(course: Course) -> Response:
    """Make lessons required or optional."""
    wanted = request.values.get("is_required")
    if wanted not in ("0", "1"):
        raise Invalid(_l("Say whether they are required."))
    with writing():
        change = services.require_lessons(
            current_actor(), course_id=course.id, keys=_keys(), is_required=wanted == "1"
        )
    return answer_change(course, change)


@bp.delete("/teaching/<slug>/selection")
@command
@course_guard(can_edit_course)
def remove_lessons(course: Course) -> Response:
    """Take lessons off the board."""
    with writing():
        change = services.remove_lessons(current_actor(), course_id=course.id, keys=_keys())
    return answer_change(course, change)


def show_places(course: Course, keys: list[str]) -> Response:
    """Show every place on the board that these lessons could go to; raises `NotFound`."""
    view = queries.board(course)
    cards = [view.get_card(key) for key in keys]
    if not cards:
        raise Invalid(_l("Choose at least one lesson."))
    lessons = [column.lessons[place].lesson for column, place in cards]
    column, place = cards[0]
    before = [card.lesson.key for card in column.lessons[:place] if card.lesson.key not in keys]
    here = f"{column.module.key}/{before[-1] if before else ''}"
    context = context_of(course, view, lessons=lessons, keys=keys, here=here)
    return render("builder/move.html", "builder/_move_form.html", **context)


def _keys() -> list[str]:
    return request.values.getlist("key")
