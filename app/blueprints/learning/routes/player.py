"""The player: one lesson, the outline around it, and the way on."""

from typing import Any

from flask import Response, flash, render_template, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import CompletionRule, Course
from app.blueprints.learning import policies, queries, rules, services
from app.blueprints.learning.errors import LessonGone, NotLearning
from app.blueprints.learning.forms import CompletionForm
from app.blueprints.learning.queries import OutlineLesson, Path
from app.blueprints.learning.routes.blueprint import bp
from app.core import clock
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import Part, is_fragment, push_url, redirect, render, render_parts
from app.core.i18n import gettext as _


@bp.get("/learning/<slug>")
@course_guard(policies.can_ask_for_lessons)
def course(course: Course) -> Response:
    """Lead to the next lesson to do; where all are done, say so."""
    try:
        path = _path(course)
    except NotLearning as refusal:
        return _closed(course, refusal)
    key = path.resume_key
    if key:
        return redirect(url_for("learning.lesson", slug=course.slug, lesson=key))
    serial = queries.find_serial(path.learner.enrollment_id)
    return render("learning/finished.html", course=course, path=path, serial=serial)


@bp.get("/learning/<slug>/<lesson>")
@course_guard(policies.can_ask_for_lessons)
def lesson(course: Course, lesson: str) -> Response:
    """Show one lesson with the outline around it."""
    try:
        context = _shown(course, _path(course), lesson)
    except NotLearning as refusal:
        return _closed(course, refusal)
    return render("learning/player.html", "learning/_player.html", **context)


@bp.post("/learning/<slug>/<lesson>/completion")
@course_guard(policies.can_ask_for_lessons)
def complete(course: Course, lesson: str) -> Response:
    """Mark the lesson as done and go on to the next."""
    form = CompletionForm()
    if not form.is_sent() or form.version_number.data is None:
        raise Invalid(_("Load the lesson again, then mark it as done."))
    with writing():
        counts = services.complete_lesson(
            current_actor(),
            course_id=course.id,
            lesson_key=lesson,
            version_number=form.version_number.data,
        )
    if counts:
        return _stay(course, lesson) if form.stay.data else _go_on(course, lesson)
    flash(_("This lesson has changed since you opened it. Here is its new text."), "warn")
    return redirect(url_for("learning.lesson", slug=course.slug, lesson=lesson))


@bp.post("/learning/<slug>/<lesson>/opening")
@course_guard(policies.can_ask_for_lessons)
def begin(course: Course, lesson: str) -> Response:
    """Note that the learner has the lesson before them; its time runs from now."""
    form = CompletionForm()
    if not form.is_sent() or form.version_number.data is None:
        raise Invalid(_("Load the lesson again."))
    with writing():
        services.open_lesson(
            current_actor(),
            course_id=course.id,
            lesson_key=lesson,
            version_number=form.version_number.data,
        )
    return _stay(course, lesson)


@bp.delete("/learning/<slug>/<lesson>/completion")
@course_guard(policies.can_ask_for_lessons)
def reopen(course: Course, lesson: str) -> Response:
    """Take the tick back and stay."""
    with writing():
        services.reopen_lesson(current_actor(), course_id=course.id, lesson_key=lesson)
    return _stay(course, lesson)


def _stay(course: Course, lesson: str) -> Response:
    """Show on the same page what has changed around the lesson."""
    if not is_fragment():
        return redirect(url_for("learning.lesson", slug=course.slug, lesson=lesson))
    return render_parts(*_around(_shown(course, _path(course), lesson)))


def _go_on(course: Course, lesson: str) -> Response:
    """Show the next lesson, in place where htmx asks; where all are done, the end."""
    path = _path(course)
    following = path.next_open(lesson)
    if following is None:
        return redirect(url_for("learning.course", slug=course.slug))
    address = url_for("learning.lesson", slug=course.slug, lesson=following)
    if not is_fragment():
        return redirect(address)
    context = _shown(course, path, following)
    main = render_template("learning/_arrival.html", **context)
    return push_url(render_parts(*_around(context), main=main), address)


def _path(course: Course) -> Path:
    return queries.path_of(policies.get_learner(current_actor(), course), course.id)


def _shown(course: Course, path: Path, key: str) -> dict[str, Any]:
    """Return what the player's templates need; raises `LessonGone`."""
    lesson = path.find(key)
    if lesson is None:
        raise LessonGone
    previous, following = path.beside(key)
    closed = path.locks.get(key)
    return {
        "course": course,
        "path": path,
        "lesson": lesson,
        "lock": closed,
        "seconds_left": None if closed else _seconds_left(path, lesson),
        "body": "" if closed else queries.lesson_html(path.learner.version_id, key),
        "news": queries.news_of(path.learner, course.id),
        "previous": previous,
        "following": following,
    }


def _seconds_left(path: Path, lesson: OutlineLesson) -> int | None:
    """Return how long the learner has to stay yet; None where no time runs, or not yet."""
    is_timed = lesson.completion_rule is CompletionRule.TIMED and lesson.completion_seconds
    if not is_timed or path.learner.is_preview or lesson.key in path.done:
        return None
    opened = queries.opened_at(path.learner, lesson)
    if opened is None:
        return None
    return rules.seconds_left(lesson.completion_seconds or 0, opened, clock.now())


def _around(context: dict[str, Any]) -> tuple[Part, ...]:
    """Return the parts of the player that show progress."""
    return (
        Part("outline", "learning/_outline.html", context),
        Part("player-bar", "learning/_player_bar.html", context),
    )


def _closed(course: Course, refusal: NotLearning) -> Response:
    return render(
        "enrollments/refused.html",
        status=refusal.status,
        course=course,
        message=refusal.message,
        kept=(),
    )
