"""A lesson's settings, saved by their page field by field."""

from functools import partial
from typing import Any

from flask import Response, request

from app.blueprints.builder import services
from app.blueprints.builder.errors import StaleBoard
from app.blueprints.builder.forms import PARTS, read_settings
from app.blueprints.builder.routes.blueprint import autosave, bp
from app.blueprints.builder.routes.drawer import KINDS, release_context, typed_moment
from app.blueprints.builder.routes.fields import Contested, answer, began, fields_of, save
from app.blueprints.builder.rules.sessions import Place
from app.blueprints.builder.rules.steps import BOARD
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import CompletionRule, Course, LessonKind
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.rules.release import Release, moment_of, rule_of
from app.core.errors import NotFound, Text
from app.core.formats import minutes
from app.core.guards import current_actor
from app.core.i18n import lazy_gettext as _l
from app.core.partials import partial as drawn

LABELS: dict[str, Text] = {
    "title": _l("Title"),
    "minutes": _l("Minutes"),
    "is_required": _l("Counts as"),
    "kind": _l("Kind"),
    "completion": _l("It is done"),
    "release": _l("It opens"),
}


@bp.patch("/teaching/<slug>/lessons/<key>/settings")
@autosave
@course_guard(can_edit_course)
def save_settings(course: Course, key: str) -> Response:
    """Save the settings that were sent, but those that make no sense or that others changed."""
    values, refused = read_settings(request.form)
    was, _nonsense = read_settings(began())
    edit = partial(
        services.save_settings,
        current_actor(),
        course_id=course.id,
        key=key,
        fields=fields_of(values, was),
    )
    try:
        unsaved = save(course, Place(BOARD, key), edit)
    except StaleBoard as gone:
        raise NotFound from gone
    others = unsaved.others.items()
    contested = [_contested(name, values[name], theirs) for name, theirs in others]
    return answer(refused | unsaved.refused, contested)


def _contested(name: str, mine: Any, theirs: Any) -> Contested:
    typed = dict.fromkeys(PARTS[name], "") | _typed(name, theirs)
    return Contested(LABELS[name], _in_words(name, mine), _in_words(name, theirs), typed)


def _in_words(name: str, value: Any) -> Text:
    match name:
        case "minutes":
            return minutes(value) if value else _l("What its text should take")
        case "is_required":
            return _l("Required") if value else _l("Optional")
        case "kind":
            return KINDS[LessonKind(value)]
        case "completion":
            lesson = {"completion_rule": value[0], "completion_seconds": value[1]}
            return drawn("builder/_completion_words.html", lesson=lesson)
        case "release":
            context = {"lesson": {"release": value}, "settings_of": release_context(value)}
            return drawn("builder/_release_words.html", **context)
        case _:
            return str(value)


def _typed(name: str, value: Any) -> dict[str, str]:
    """Return a stored setting as its fields have it."""
    match name:
        case "minutes":
            return {name: str(value or "")}
        case "is_required":
            return {name: "1" if value else "0"}
        case "completion":
            return _typed_completion(*value)
        case "release":
            return _typed_release(value)
        case _:
            return {name: str(value)}


def _typed_completion(rule: CompletionRule, seconds: int | None) -> dict[str, str]:
    minutes, left = divmod(seconds or 0, 60)
    parts = {"timed_minutes": str(minutes), "timed_seconds": str(left)}
    return {"completion": rule.value, **parts}


def _typed_release(release: Release) -> dict[str, str]:
    rule = rule_of(release)
    key = {"after": "opens_after", "after_module": "opens_after_module"}.get(rule.value)
    return {
        "release": rule.value,
        "opens_at": typed_moment(moment_of(release)),
        "opens_days": str(release.get("days", "")),
        **({key: release["key"]} if key else {}),
    }
