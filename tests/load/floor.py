"""The bare floor that pages are measured against.

One Flask page that renders the same 25 cards from one SQL statement, with a signed session and
one look-up of the user: what no page of this kind can cost less than.
"""

import os

from flask import Flask, render_template_string, session
from sqlalchemy import Engine, create_engine, event, text

from app.config import read

CARDS = """<!doctype html><html lang="en"><title>Courses</title><p>{{ name }}</p><ul>
{% for card in cards %}<li><a href="/courses/{{ card.slug }}"><h2>{{ card.title }}</h2></a>
<p>{{ card.summary }}</p><p>{{ card.subject }} {{ card.difficulty }} {{ card.minutes }} min,
{{ card.lesson_count }} lessons, {{ card.taken }} of {{ card.capacity }} seats</p></li>
{% endfor %}</ul>"""

QUERY = text(
    "SELECT c.slug, c.title, c.summary, c.difficulty, c.minutes, c.lesson_count, s.taken,"
    " s.capacity, j.name AS subject FROM courses c JOIN seat_pools s ON s.id = c.seat_pool_id"
    " LEFT JOIN subjects j ON j.id = c.subject_id"
    " WHERE c.status = 'published' AND c.deleted_at IS NULL"
    " ORDER BY c.published_at DESC LIMIT 25"
)
USER = text("SELECT display_name FROM users WHERE id = :id")


def _engine() -> Engine:
    engine = create_engine(read().database_url, pool_size=10)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA journal_mode=WAL"))
    return engine


app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "the floor has no secrets")
engine = _engine()


@app.get("/healthz")
def alive() -> str:
    """Tell that it runs."""
    return "ok"


@app.get("/enter/<int:user_id>")
def enter(user_id: int) -> str:
    """Sign the session."""
    session["user"] = user_id
    return "ok"


@app.get("/courses")
def cards() -> str:
    """Draw the cards."""
    with engine.connect() as connection:
        name = connection.execute(USER, {"id": session["user"]}).scalar_one()
        rows = connection.execute(QUERY).all()
    return render_template_string(CARDS, name=name, cards=rows)
