"""What is to be mended in one lesson's text; found when it is written, stored as findings.

A finding is a code of `readiness_rules.RULES`, or a code, `@` and the key of the outermost block
that it is about, which is what an editor shows.
"""

import re
from collections.abc import Callable, Iterator

from app.blueprints.builder.rules.readiness_rules import EMPTY
from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.facts import (
    TextFacts,
    is_described,
    markup_of,
    outermost,
    path_of,
    says_where,
    skipped,
)
from app.blueprints.courses.content.references import words_of

# Of a text's bytes; it cannot be longer than 1,000,000.
NEARLY_FULL = 900_000
Check = Callable[[types.Block], Iterator[str]]
_WORDY = (types.TextBlock, types.CalloutBlock)
_CHOSEN = frozenset({"single", "multiple", "true_false"})


def findings_of(body: types.Body, facts: TextFacts) -> list[str]:
    """Return what is to be mended in a clean `body`, each finding once, in reading order."""
    found: dict[str, None] = {}
    if _says_nothing(body):
        found[EMPTY] = None
    elif facts.size > NEARLY_FULL:
        found["nearly_full"] = None
    for top, block in outermost(body):
        for check in _CHECKS:
            found |= {f"{code}@{top.key}": None for code in check(block)}
    for key in _skipping(body):
        found[f"heading_skips@{key}"] = None
    return list(found)


def _says_nothing(body: types.Body) -> bool:
    """A body of nothing but texts and callouts without a word or picture says nothing."""
    return all(isinstance(block, _WORDY) and _is_bare(block) for block in body.walk())


def _is_bare(block: types.Block) -> bool:
    words = block.title if isinstance(block, types.CalloutBlock) else words_of(block)
    return not words.strip() and not markup_of(block).pictures


def _skipping(body: types.Body) -> Iterator[str]:
    """Give the outermost block of each heading that skips a level in the lesson as a whole."""
    headings = [
        (top.key, level) for top, block in outermost(body) for level, _ in markup_of(block).headings
    ]
    for place in skipped([level for _, level in headings]):
        yield headings[place][0]


def _empty(block: types.Block) -> Iterator[str]:
    match block:
        case types.TextBlock():
            is_empty = _is_bare(block)
        case types.CodeBlock():
            is_empty = not block.code.strip()
        case types.AssignmentBlock():
            is_empty = not words_of(block).strip()
        case types.CalloutBlock():
            is_empty = all(
                isinstance(one, _WORDY) and _is_bare(one) for one in types.walk((block,))
            )
        case _:
            is_empty = False
    if is_empty:
        yield "empty_block"


def _begun(block: types.Block) -> Iterator[str]:
    match block:
        case types.ImageBlock() | types.FileBlock():
            shows = block.asset
        case types.VideoBlock():
            shows = block.url or block.asset
        case types.EmbedBlock():
            shows = block.url
        case _:
            return
    if not shows:
        yield "nothing_chosen"


def _pictures(block: types.Block) -> Iterator[str]:
    bare = isinstance(block, types.ImageBlock) and block.asset and not is_described(block)
    if bare or None in markup_of(block).pictures:
        yield "image_without_alt"


def _names(block: types.Block) -> Iterator[str]:
    match block:
        case types.EmbedBlock() | types.VideoBlock():
            name = block.title
        case types.FileBlock():
            name = block.label
        case _:
            return
    if not name.strip() and not any(_begun(block)):
        yield "untitled_embed"


def _films(block: types.Block) -> Iterator[str]:
    if isinstance(block, types.VideoBlock) and block.asset and not block.captions:
        yield "film_without_captions"


def _markup(block: types.Block) -> Iterator[str]:
    found = markup_of(block)
    for link in found.links:
        if not link.words.strip():
            yield "link_without_text"
        elif not says_where(link):
            yield "link_says_little"
        if path_of(link).startswith("/teaching/"):
            yield "link_into_builder"
    if any(not words for _, words in found.headings):
        yield "empty_heading"
    if found.bare_tables:
        yield "table_without_header"
    if found.colours:
        yield "fixed_colour"


def _code(block: types.Block) -> Iterator[str]:
    if isinstance(block, types.CodeBlock) and block.code.strip() and not block.language:
        yield "code_without_language"


def _quiz(block: types.Block) -> Iterator[str]:
    if not isinstance(block, types.QuizBlock):
        return
    if not block.questions:
        yield "quiz_without_questions"
    for question in block.questions:
        if not question.prompt.strip():
            yield "question_without_words"
        if _is_untouched(question):
            continue  # one thing to mend is enough to begin with
        yield from _chosen(question) if question.kind in _CHOSEN else _typed(question)


def _is_untouched(question: types.Question) -> bool:
    offered = (choice.text for choice in question.choices)
    return not any(text.strip() for text in (question.prompt, *offered, *question.answers))


def _chosen(question: types.Question) -> Iterator[str]:
    offered = [choice for choice in question.choices if choice.text.strip()]
    right = sum(choice.is_right for choice in offered)
    if len(offered) < 2:
        yield "question_without_choice"
    if not right:
        yield "quiz_without_answer"
    if right > 1 and question.kind != "multiple":
        yield "several_right_answers"


def _typed(question: types.Question) -> Iterator[str]:
    answers = [answer for answer in question.answers if answer.strip()]
    if not answers:
        yield "quiz_without_answer"
    elif question.kind == "number" and not all(map(_is_number, (*answers, question.tolerance))):
        yield "answer_not_a_number"


def _is_number(typed: str) -> bool:
    """Tell whether a person could mean a number by this; nothing is none that is wrong."""
    return re.fullmatch(r"\s*([-+]?\d+([.,]\d+)?([eE][-+]?\d+)?)?\s*", typed) is not None


_CHECKS: tuple[Check, ...] = (_empty, _begun, _pictures, _names, _films, _markup, _code, _quiz)
