"""The first page."""

from flask import Response, url_for

from app.blueprints.courses import queries as courses
from app.blueprints.courses.rules.cards import cards_of
from app.blueprints.home.routes.blueprint import bp
from app.blueprints.learning.queries import courses_of
from app.core.actor import Actor
from app.core.guards import current_actor, public
from app.core.htmx import redirect, render
from app.core.public_pages import public_page

NEWEST = 4


@bp.get("/")
@public_page(courses.catalogue_stamp)
@public
def landing() -> Response:
    """Show strangers what there is to learn; lead others to what they do here."""
    if current_actor().is_authenticated:
        teaches = _only_teaches(current_actor())
        return redirect(url_for("home.teaching" if teaches else "learning.dashboard"))
    state = courses.catalogue_state()
    newest = cards_of(courses.newest_courses(NEWEST)).values()
    return render("home/landing.html", courses=newest, number=state.courses, people=state.people)


def _only_teaches(actor: Actor) -> bool:
    return actor.is_contributor and not courses_of(actor.id).items
