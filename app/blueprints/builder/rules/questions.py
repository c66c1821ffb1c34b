"""From what the form of a quiz says to questions, and what its buttons do to them.

Each field is named for the question or the choice that it belongs to: `prompt-KEY`, `text-KEY`…
"""

from collections.abc import Mapping
from typing import Any

from app.blueprints.courses.content.keys import new_key
from app.core.errors import Invalid
from app.core.i18n import gettext
from app.core.i18n import lazy_gettext as _l

Question = dict[str, Any]

KINDS = {
    "single": _l("One right answer"),
    "multiple": _l("Several right answers"),
    "true_false": _l("True or false"),
    "short": _l("A word or a few"),
    "number": _l("A number"),
}
CHOSEN = frozenset({"single", "multiple", "true_false"})
_ONE_RIGHT = frozenset({"single", "true_false"})


def changed_questions(questions: list[Question], sent: Mapping[str, str]) -> list[Question]:
    """Return the questions as the fields sent say; those that were not sent stay as they are."""
    return [_changed(one, sent) if f"prompt-{one['key']}" in sent else one for one in questions]


def question_fields(question: Question) -> dict[str, str]:
    """Return the fields that say of `question` what it says now."""
    key, choices = question["key"], question.get("choices", ())
    fields = {f"{name}-{key}": question.get(name, "") for name in ("prompt", "feedback")}
    if question["kind"] not in CHOSEN:
        fields[f"answers-{key}"] = "\n".join(question.get("answers", ()))
        fields[f"tolerance-{key}"] = question.get("tolerance", "")
    for choice in choices:
        fields[f"text-{choice['key']}"] = choice.get("text", "")
        fields[f"feedback-{choice['key']}"] = choice.get("feedback", "")
        if choice.get("is_right"):
            one = question["kind"] in _ONE_RIGHT
            fields |= {f"right-{key}": choice["key"]} if one else {f"right-{choice['key']}": "1"}
    return fields


def fresh_question(kind: str) -> Question:
    """Return an empty question; raises `Invalid` where there is no such kind."""
    if kind not in KINDS:
        raise Invalid(_l("There is no such kind of question."))
    question: Question = {"key": new_key(), "kind": kind}
    if kind == "true_false":
        question["choices"] = [_choice(gettext("True")), _choice(gettext("False"))]
    elif kind in CHOSEN:
        question["choices"] = [_choice(), _choice()]
    return question


def done_to(questions: list[Question], what: str) -> list[Question]:
    """Return the questions after a button: `add:KIND`, or `choice`, `drop`, `up`, `down`,
    `remove` with a colon and a key. What is about a question that is gone changes nothing.
    """
    act, _, name = what.partition(":")
    if act == "add":
        return [*questions, fresh_question(name)]
    if act == "remove":
        return [one for one in questions if one["key"] != name]
    if act in ("up", "down"):
        return _shifted(questions, name, -1 if act == "up" else 1)
    if act == "choice":
        return [_with_choice(one) if one["key"] == name else one for one in questions]
    if act == "drop":
        return [_without_choice(one, name) for one in questions]
    raise Invalid


def _choice(text: str = "") -> dict[str, Any]:
    return {"key": new_key(), "text": text}


def _changed(question: Question, sent: Mapping[str, str]) -> Question:
    key = question["key"]
    changed = dict(question)
    for name in ("prompt", "feedback", "tolerance"):
        changed[name] = sent.get(f"{name}-{key}", question.get(name, "")).replace("\r\n", "\n")
    if f"answers-{key}" in sent:
        lines = (line.strip() for line in sent[f"answers-{key}"].splitlines())
        changed["answers"] = [line for line in lines if line]
    right = sent.get(f"right-{key}")
    changed["choices"] = [
        {
            **choice,
            "text": sent.get(f"text-{choice['key']}", choice.get("text", "")),
            "feedback": sent.get(f"feedback-{choice['key']}", choice.get("feedback", "")),
            "is_right": right == choice["key"] or f"right-{choice['key']}" in sent,
        }
        for choice in question.get("choices", ())
    ]
    return changed


def _shifted(questions: list[Question], key: str, by: int) -> list[Question]:
    keys = [one["key"] for one in questions]
    if key not in keys or not 0 <= keys.index(key) + by < len(keys):
        return questions
    at, ordered = keys.index(key), list(questions)
    ordered.insert(at + by, ordered.pop(at))
    return ordered


def _with_choice(question: Question) -> Question:
    return {**question, "choices": [*question.get("choices", ()), _choice()]}


def _without_choice(question: Question, key: str) -> Question:
    left = [choice for choice in question.get("choices", ()) if choice["key"] != key]
    return {**question, "choices": left}
