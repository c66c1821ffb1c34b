"""The blueprint of authoring, and the limits that its writes share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, url_for

from app.blueprints.courses.models import Course
from app.core import limits
from app.core.limits import limiter

View = Callable[..., Any]

bp = Blueprint("builder", __name__)

_person = limiter.shared_limit(limits.BUILDER_WRITE, scope="builder")
_address = limiter.shared_limit(
    limits.BUILDER_WRITE_ADDRESS, scope="builder-address", key_func=limits.by_address
)
_typed = limiter.shared_limit(limits.AUTOSAVE, scope="autosave")
_typed_address = limiter.shared_limit(
    limits.AUTOSAVE_ADDRESS, scope="autosave-address", key_func=limits.by_address
)


def command(view: View) -> View:
    """Count `view` among a person's changes of boards, which are limited together."""
    limited: View = _address(_person(view))
    return limited


def autosave(view: View) -> View:
    """Count `view` apart from commands: pages save by themselves what somebody types."""
    limited: View = _typed_address(_typed(view))
    return limited


def base_of(course: Course) -> str:
    """Return what every address of the builder of `course` begins with."""
    return url_for("builder.board", slug=course.slug).removesuffix("/board")
