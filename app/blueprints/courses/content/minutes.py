"""How long a lesson takes, for those who don't say so themselves."""

import math

from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.references import words_of

WORDS_A_MINUTE = 200
CODE_WORDS_A_MINUTE = 80
IMAGE_SECONDS = 12
KIND_MINUTES: dict[types.Kind, float] = {"challenge": 4, "discussion": 3, "checklist": 1}
QUESTION_MINUTES = 1
ASSIGNMENT_MINUTES = 15
NOT_COUNTED = frozenset({"instructor"})


def estimated_minutes(body: types.Body) -> int:
    """Estimate the whole minutes that a learner needs for `body`; at least 1."""
    return max(1, math.ceil(_minutes(body.blocks)))


def _minutes(blocks: types.Blocks) -> float:
    return sum(_of(block) for block in blocks)


def _of(block: types.Block) -> float:
    words = len(words_of(block).split())
    match block:
        case types.CalloutBlock():
            if block.kind in NOT_COUNTED:
                return 0
            return KIND_MINUTES.get(block.kind, 0) + _minutes(block.blocks)
        case types.ImageBlock():
            return IMAGE_SECONDS / 60
        case types.CodeBlock():
            return words / CODE_WORDS_A_MINUTE
        case types.QuizBlock():
            return len(block.questions) * QUESTION_MINUTES
        case types.AssignmentBlock():
            return ASSIGNMENT_MINUTES + words / WORDS_A_MINUTE
        case _:
            return words / WORDS_A_MINUTE
