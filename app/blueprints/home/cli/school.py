"""The courses of the demonstration school: brought in, published, and lived in."""

from collections.abc import Mapping

import click

from app.blueprints.builder import services as builder
from app.blueprints.courses import services as courses
from app.blueprints.courses.queries import find_working_version
from app.blueprints.enrollments import queries as enrollments
from app.blueprints.enrollments import services as enrollment_services
from app.blueprints.home.cli import classmates
from app.blueprints.home.cli.progress import do_lessons
from app.core.actor import Actor
from app.core.db import writing
from app.core.registries import hooks

SUBJECTS = ("Teaching", "Computing", "Languages", "Health", "Business", "Science")
LESSONS_DONE = 2


def ensure(actors: Mapping[str, Actor]) -> None:
    """Fill the school, as its instructor would; what is there already stays as it is."""
    for name in SUBJECTS:
        with writing():
            courses.ensure_subject(name)
    instructor = actors["instructor"]
    course_ids = [one for made in hooks.call("demo.courses", instructor) for one in made]
    for course_id in course_ids:
        _publish(instructor, course_id)
    if course_ids:
        _begin(actors["learner"], course_ids[0])
    if len(course_ids) > 2:
        classmates.ensure(actors, full_id=course_ids[1], asked_id=course_ids[2])


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


def _begin(learner: Actor, course_id: int) -> None:
    """Let the learner have done the first lessons of a course, unless they are in it already."""
    if enrollments.find_enrollment(learner.id, course_id):
        return
    with writing():
        enrollment_services.enrol(learner, course_id=course_id)
        do_lessons(learner, course_id, LESSONS_DONE)
