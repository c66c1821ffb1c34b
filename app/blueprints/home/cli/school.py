"""The courses of the demonstration school: brought in, published, and one of them begun."""

from collections.abc import Mapping

import click

from app.blueprints.builder import services as builder
from app.blueprints.courses import services as courses
from app.blueprints.courses.queries import find_working_version
from app.core.actor import Actor
from app.core.db import writing
from app.core.registries import hooks

SUBJECTS = ("Teaching", "Computing", "Languages", "Health", "Business", "Science")


def ensure(actors: Mapping[str, Actor]) -> None:
    """Fill the school, as its instructor would; what is there already stays as it is."""
    for name in SUBJECTS:
        with writing():
            courses.ensure_subject(name)
    for imported in hooks.call("demo.courses", actors["instructor"]):
        for course_id in imported:
            _publish(actors["instructor"], course_id)


def _publish(actor: Actor, course_id: int) -> None:
    """Publish what waits to be; here and now, since no worker may be running yet."""
    version = find_working_version(course_id)
    if version is None:
        return
    with writing():
        asked = builder.request_publication(actor, course_id=course_id, revision=version.revision)
    with writing():
        builder.run_publication(asked.id)
    click.echo(f"Published “{version.title}”.")
