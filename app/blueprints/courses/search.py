"""Full-text search over courses: what is indexed, and how a person's words find it.

Both sides are folded to plain words first (no accents, no case, no signs), so that both databases
find the same and nothing that a person types is ever read as an operator.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Float,
    Subquery,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
)

from app.blueprints.courses.models.search_table import course_search
from app.core.db import db

LONGEST_QUERY = 200
MOST_WORDS = 8
# PostgreSQL refuses a vector of more than 1 MB; a word counts no further than its fifth use.
_LONGEST_BODY = 200_000
_MOST_USES = 5
# A found title weighs as ten mentions in the text.
_TITLE_WEIGHT = 10.0
# How alike a mistyped word and a title's word are, 0 to 1: "pyhton" and "python" have 0.27.
_ALIKE = 0.25
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ing", "es", "ed", "s")
_SHORTEST_STEM = 4


def index_course(course_id: int, title: str, body_text: str) -> None:
    """Make the course findable by its title and by what it says, in place of what it said."""
    db.session.execute(delete(course_search).where(course_search.c.rowid == course_id))
    row = {"rowid": course_id, "title": " ".join(words(title)), "body": _condensed(body_text)}
    db.session.execute(insert(course_search), row)


def find_courses(query: str) -> Subquery:
    """Return the `course_id` and `rank` (higher is better) of courses with all these words.

    Each is taken as the beginning of a word, since people look while they type.
    """
    beginnings = [_stem(word) for word in words(query[:LONGEST_QUERY])[:MOST_WORDS]]
    if not beginnings:
        return _found(literal(0.0), literal(value=False))
    if db.engine.dialect.name == "sqlite":
        match = " ".join(f'"{beginning}"*' for beginning in beginnings)
        rank = -func.bm25(literal_column("course_search"), _TITLE_WEIGHT, 1.0, type_=Float)
        return _found(rank, text("course_search MATCH :match").bindparams(match=match))
    wanted = func.to_tsquery("simple", " & ".join(f"{word}:*" for word in beginnings))
    vector: ColumnElement[Any] = literal_column("course_search.words")
    return _found(func.ts_rank(vector, wanted, type_=Float), vector.op("@@")(wanted))


def find_similar(query: str) -> Subquery | None:
    """Return courses whose title has a word like these, or None where the database cannot tell."""
    if not _knows_trigrams(db.engine):
        return None
    likeness = func.word_similarity(
        " ".join(words(query[:LONGEST_QUERY])), course_search.c.title, type_=Float
    )
    return _found(likeness, likeness >= _ALIKE)


def words(spoken: str) -> list[str]:
    """Return the words of a text, without accents, case and signs."""
    plain = unicodedata.normalize("NFKD", spoken)
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).casefold())


def _found(rank: Any, condition: Any) -> Subquery:
    statement = select(course_search.c.rowid.label("course_id"), rank.label("rank"))
    return statement.where(condition).subquery("found")


def _condensed(body_text: str) -> str:
    used: Counter[str] = Counter()
    kept = []
    for word in words(body_text):
        used[word] += 1
        if used[word] <= _MOST_USES:
            kept.append(word)
    return " ".join(kept)[:_LONGEST_BODY]


def _stem(word: str) -> str:
    """Return `word` without the ending that its other forms lack: loops and looping, loop."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


@cache
def _knows_trigrams(engine: Engine) -> bool:
    if engine.dialect.name != "postgresql":
        return False
    asked = text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    return db.session.execute(asked).first() is not None
