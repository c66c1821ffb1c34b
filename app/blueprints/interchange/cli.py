"""Commands that bring courses in; they stand with the other commands about courses."""

from pathlib import Path

import click

from app.blueprints.accounts.queries import actor_of, find_user_by_email
from app.blueprints.courses.cli import bp as courses
from app.blueprints.courses.queries import find_course
from app.blueprints.interchange import queries, services
from app.blueprints.interchange.markdown import read_course
from app.core.actor import SYSTEM, Actor
from app.core.db import writing
from app.core.errors import DomainError


@courses.cli.command("import-markdown")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--owner", required=True, help="The e-mail address of whose course it is.")
@click.option("--into", "slug", help="The address of the course to update; else the title tells.")
@click.option("--overwrite", is_flag=True, help="Replace texts that were changed here, too.")
def import_markdown(folder: Path, owner: str, slug: str | None, overwrite: bool) -> None:
    """Make a course of a FOLDER of Markdown, or bring an imported one up to date.

    Nothing is published. Lessons stay where they were moved to on the board.
    """
    user = find_user_by_email(owner)
    if user is None:
        raise click.ClickException(f"Nobody has the address {owner}.")
    actor = actor_of(user)
    try:
        read = read_course(folder)
        course_id = _course_id(actor, read.title, slug)
        prepared = services.prepare_course(actor, read, course_id=course_id, overwrite=overwrite)
        with writing():
            done = services.import_course(actor, prepared)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    _tell(done, lessons=len(read.lessons), images=len(read.images))


@courses.cli.command("install-templates")
def install_templates() -> None:
    """Make the templates that come with Lectern, except those that are or were there."""
    for folder in services.missing_templates():
        prepared = services.prepare_course(SYSTEM, read_course(folder))
        with writing():
            course = services.install_template(prepared, address=services.address_of(folder))
        click.echo(f"Installed the template “{course.title}”.")


def _course_id(actor: Actor, title: str, slug: str | None) -> int | None:
    found = find_course(slug) if slug else queries.find_own_course(actor, title)
    if slug and found is None:
        raise click.ClickException(f"There is no course {slug}.")
    return found.id if found else None


def _tell(done: services.Imported, *, lessons: int, images: int) -> None:
    what = "Imported" if done.is_new else "Brought up to date"
    click.echo(f"{what}: “{done.title}” ({done.slug}), {lessons} lessons, {images} images.")
    if not done.is_new:
        click.echo(f"{len(done.added)} lessons are new, {len(done.changed)} have other texts.")
    for title in done.kept:
        click.echo(f"Not replaced, because it was changed here: “{title}” (see --overwrite).")
