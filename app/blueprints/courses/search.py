"""Full-text search over courses: what is indexed, and how a person's words find it.

Both sides are folded to plain words first (no accents, no case, no signs), so that both databases
find the same and nothing that a person types is ever read as an operator.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Float,
    String,
    Subquery,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
)

from app.blueprints.courses.models.search_table import NAME, course_search
from app.core.db import db

LONGEST_QUERY = 200
_LOOKED_FOR = "looked_for"
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


@dataclass(frozen=True, slots=True)
class Hits:
    """What is found: `courses` has `course_id` and `rank` (higher is better), with its `values`.

    The statement is the same for all words, so that it is built and compiled once.
    """

    courses: Subquery
    values: dict[str, str]


def index_course(course_id: int, title: str, body_text: str) -> None:
    """Make the course findable by its title and by what it says, in place of what it said."""
    db.session.execute(delete(course_search).where(course_search.c.rowid == course_id))
    row = {"rowid": course_id, "title": " ".join(words(title)), "body": _condensed(body_text)}
    db.session.execute(insert(course_search), row)


def find_courses(query: str) -> Hits:
    """Return the courses that have all these words, each taken as the beginning of a word.

    People look while they type.
    """
    beginnings = [_stem(word) for word in words(query[:LONGEST_QUERY])[:MOST_WORDS]]
    if not beginnings:
        return Hits(_no_hits(), {})
    if db.engine.dialect.name == "sqlite":
        return Hits(_sqlite_hits(), {_LOOKED_FOR: " ".join(f'"{word}"*' for word in beginnings)})
    wanted = " & ".join(f"{word}:*" for word in beginnings)
    return Hits(_postgresql_hits(), {_LOOKED_FOR: wanted})


def find_similar(query: str) -> Hits | None:
    """Return courses whose title has a word like these, or None where the database cannot tell."""
    if not _knows_trigrams(db.engine):
        return None
    spoken = " ".join(words(query[:LONGEST_QUERY]))
    return Hits(_similar_hits(), {_LOOKED_FOR: spoken})


def words(spoken: str) -> list[str]:
    """Return the words of a text, without accents, case and signs."""
    plain = unicodedata.normalize("NFKD", spoken)
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).casefold())


@cache
def _sqlite_hits() -> Subquery:
    rank = -func.bm25(literal_column(NAME), _TITLE_WEIGHT, 1.0, type_=Float)
    return _hits(rank, text(f"{NAME} MATCH :{_LOOKED_FOR}"))


@cache
def _postgresql_hits() -> Subquery:
    wanted = func.to_tsquery("simple", bindparam(_LOOKED_FOR, type_=String))
    vector: ColumnElement[Any] = literal_column(f"{NAME}.words")
    return _hits(func.ts_rank(vector, wanted, type_=Float), vector.op("@@")(wanted))


@cache
def _similar_hits() -> Subquery:
    spoken = bindparam(_LOOKED_FOR, type_=String)
    likeness = func.word_similarity(spoken, course_search.c.title, type_=Float)
    return _hits(likeness, likeness >= _ALIKE)


@cache
def _no_hits() -> Subquery:
    return _hits(literal(0.0), literal(value=False))


def _hits(rank: Any, condition: Any) -> Subquery:
    statement = select(course_search.c.rowid.label("course_id"), rank.label("rank"))
    return statement.where(condition).subquery("hits")


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
