"""What the form of a quiz says, and what its buttons do."""

from typing import Any

import pytest

from app.blueprints.builder.rules.editing import changed_block, copied_block, fields_of, fresh_block
from app.blueprints.builder.rules.questions import (
    KINDS,
    changed_questions,
    done_to,
    fresh_question,
    question_fields,
)
from app.blueprints.courses.content import parse_blocks
from app.core.errors import Invalid


def quiz(*kinds: str) -> list[dict[str, Any]]:
    """A question of each kind, as new."""
    return [fresh_question(kind) for kind in kinds]


@pytest.mark.parametrize("kind", KINDS)
def test_fields_say_of_a_question_what_it_says(app: object, kind: str) -> None:
    (one,) = quiz(kind)
    one |= {"prompt": "Which?", "feedback": "So."}
    if one.get("choices"):
        one["choices"][1] |= {"is_right": True, "text": "This", "feedback": "Yes"}
    else:
        one |= {"answers": ["4"], "tolerance": "0.5"}
    (read,) = changed_questions([one], question_fields(one))
    block = {"type": "quiz", "key": "q" * 12, "title": ""}
    stored, again = (parse_blocks([block | {"questions": [each]}]) for each in (one, read))
    assert stored == again
    # And it can fail: another field is another question.
    (other,) = changed_questions([one], question_fields(one) | {f"prompt-{one['key']}": "What?"})
    assert parse_blocks([block | {"questions": [other]}]) != stored


def test_one_choice_is_right_or_several() -> None:
    single, multiple = quiz("single", "multiple")
    first, second = (choice["key"] for choice in single["choices"])
    sent = {f"prompt-{single['key']}": "?", f"right-{single['key']}": second}
    (read,) = changed_questions([single], sent)
    assert [choice["is_right"] for choice in read["choices"]] == [False, True]
    keys = [choice["key"] for choice in multiple["choices"]]
    sent = {f"prompt-{multiple['key']}": "?"} | {f"right-{key}": "1" for key in keys}
    (read,) = changed_questions([multiple], sent)
    assert all(choice["is_right"] for choice in read["choices"])
    assert first != second


def test_questions_that_were_not_sent_stay() -> None:
    questions = quiz("single", "short")
    assert changed_questions(questions, {"title-x": "Other"}) == questions


def test_buttons() -> None:
    one, two = quiz("single", "short")
    assert [q["key"] for q in done_to([one, two], f"up:{two['key']}")] == [two["key"], one["key"]]
    assert done_to([one, two], f"up:{one['key']}") == [one, two]
    assert done_to([one, two], f"remove:{one['key']}") == [two]
    assert done_to([one, two], "remove:gone") == [one, two]
    grown = done_to([one], f"choice:{one['key']}")
    assert len(grown[0]["choices"]) == 3
    shrunk = done_to(grown, f"drop:{grown[0]['choices'][0]['key']}")
    assert len(shrunk[0]["choices"]) == 2
    assert done_to([], "add:number")[0]["kind"] == "number"
    for nonsense in ("add:song", "sing:1", ""):
        with pytest.raises(Invalid):
            done_to([], nonsense)


def test_a_copy_has_keys_of_its_own(app: object) -> None:
    for kind in ("quiz", "callout"):
        block = fresh_block(kind)
        copy = copied_block(block)
        assert not set(_keys(block)) & set(_keys(copy))
        assert changed_block(copy, fields_of(copy)).keys() == changed_block(copy, {}).keys()


def _keys(value: Any) -> list[str]:
    if isinstance(value, list):
        return [key for one in value for key in _keys(one)]
    if not isinstance(value, dict):
        return []
    return [value["key"], *(key for one in value.values() for key in _keys(one))]
