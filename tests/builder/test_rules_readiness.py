"""What is to be mended: an example of each rule, and of what comes close without meaning it."""

from typing import Any

import pytest

from app.blueprints.builder.rules.readiness import (
    Problem,
    Surroundings,
    readiness_of,
)
from app.blueprints.builder.rules.readiness_rules import RULES, Place, Severity
from app.blueprints.builder.rules.readiness_texts import findings_of
from app.blueprints.courses.content.facts import TextFacts, facts_of
from app.blueprints.courses.content.parsing import clean_body, parse_blocks
from app.blueprints.courses.rules.outline import LessonFace, ModuleFace, Outline

KEYS = [f"block{number:07}" for number in range(9)]
WORDS = {"type": "text", "html": "<p>Read this.</p>"}
SETTINGS: dict[str, object] = {"title": "Soil", "summary": "About soil.", "objectives": ["Dig"]}


def findings(*blocks: dict[str, Any], facts: TextFacts | None = None) -> list[str]:
    """What is found in a lesson of these blocks, keys left out where it is the only block."""
    keyed = [{"key": key, **block} for key, block in zip(KEYS, blocks, strict=False)]
    body = clean_body(parse_blocks(keyed))
    return findings_of(body, facts or facts_of(body))


def html(text: str) -> dict[str, Any]:
    return {"type": "text", "html": text}


def image(**fields: Any) -> dict[str, Any]:
    return {"type": "image", "asset": "pic", **fields}


def callout(*inside: dict[str, Any], title: str = "") -> dict[str, Any]:
    inner = [{"key": f"inner{n:07}", **block} for n, block in enumerate(inside)]
    return {"type": "callout", "kind": "note", "title": title, "blocks": inner}


def code(**fields: Any) -> dict[str, Any]:
    return {"type": "code", "code": "print(1)", "language": "python", **fields}


def quiz(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"type": "quiz", "title": "Check", "questions": list(questions)}


def asked(right: str = "a", *, kind: str = "single", choices: str = "ab", **more: Any) -> Any:
    """A question whose choices are letters, of which these are right."""
    offered = [
        {"key": f"choice00000{letter}", "text": letter, "is_right": letter in right}
        for letter in choices
    ]
    return {"key": "question0001", "kind": kind, "prompt": "Which?", "choices": offered, **more}


def typed(*answers: str, kind: str = "short", **more: Any) -> Any:
    """A question whose answers are typed."""
    return asked(kind=kind, choices="", answers=list(answers), **more)


def film(**fields: Any) -> dict[str, Any]:
    return {"type": "video", "asset": "film", "title": "How to dig", **fields}


# By rule: blocks in which it is found (in the first block), and blocks in which it is not.
TEXTS: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "empty": ([], [WORDS]),
    "empty_block": ([html("<p> </p>"), WORDS], [code(), WORDS]),
    "image_without_alt": ([image()], [image(alt="Sand")]),
    "untitled_embed": (
        [{"type": "embed", "url": "https://example.org", "title": " "}],
        [{"type": "embed", "url": "https://example.org", "title": "A map"}],
    ),
    "film_without_captions": ([film()], [film(captions="words")]),
    "link_without_text": ([html('<p>a<a href="/x"> </a></p>')], [html('<a href="/x">Sand</a>')]),
    "link_says_little": (
        [html('<p>Look <a href="/x">here</a>.</p>')],
        [html('<p>Look at <a href="/x">the map</a>.</p>')],
    ),
    "link_into_builder": (
        [html('<p><a href="/teaching/soil/lessons/abc">Sand</a></p>')],
        [html('<p><a href="/learning/soil/abc">Sand</a></p>')],
    ),
    "heading_skips": ([html("<h2>A</h2><h4>B</h4>")], [html("<h2>A</h2><h3>B</h3><h2>C</h2>")]),
    "empty_heading": ([html("<h2> </h2><p>x</p>")], [html("<h2>A</h2>")]),
    "table_without_header": (
        [html("<table><tr><td>1</td></tr></table>")],
        [html("<table><tr><th>1</th></tr></table>")],
    ),
    "code_without_language": ([code(language="")], [code(code=" ", language="")]),
    "quiz_without_questions": ([quiz()], [quiz(asked())]),
    "quiz_without_answer": ([quiz(asked(""))], [quiz(typed("sand"))]),
    "question_without_words": ([quiz(asked(prompt=" "))], [quiz(asked())]),
    "question_without_choice": ([quiz(asked(choices="a"))], [quiz(asked())]),
    "several_right_answers": ([quiz(asked("ab"))], [quiz(asked("ab", kind="multiple"))]),
    "answer_not_a_number": (
        [quiz(typed("four", kind="number"))],
        [quiz(typed("4,5", kind="number", tolerance="0.1"))],
    ),
    "nothing_chosen": (
        [{"type": "file", "label": "Notes"}],
        [{"type": "file", "label": "Notes", "asset": "notes"}],
    ),
}


@pytest.mark.parametrize("rule", TEXTS)
def test_each_rule_of_texts_finds_what_it_means(rule: str) -> None:
    wrong, right = TEXTS[rule]
    assert rule in {found.partition("@")[0] for found in findings(*wrong)}
    assert rule not in {found.partition("@")[0] for found in findings(*right)}


@pytest.mark.parametrize("rule", [rule for rule in TEXTS if rule != "empty"])
def test_a_finding_names_the_block_that_an_editor_shows(rule: str) -> None:
    assert f"{rule}@{KEYS[0]}" in findings(*TEXTS[rule][0])


def test_what_was_only_begun_is_one_thing_to_mend() -> None:
    assert findings(WORDS, quiz(typed("", prompt=""))) == [f"question_without_words@{KEYS[1]}"]
    assert findings(WORDS, {"type": "video", "title": ""}) == [f"nothing_chosen@{KEYS[1]}"]
    assert len(findings(WORDS, quiz(typed("", prompt="Why?")))) == 1


def test_what_is_inside_a_callout_is_found_at_the_callout() -> None:
    assert findings(WORDS, callout(WORDS, image())) == [f"image_without_alt@{KEYS[1]}"]


def test_pictures_within_texts_need_words_too() -> None:
    assert findings(html('<p>See <img src="/media/x"></p>')) == [f"image_without_alt@{KEYS[0]}"]
    assert findings(html('<p>See <img src="/media/x" alt="Sand"></p>')) == []


def test_decoration_needs_no_words() -> None:
    assert findings(WORDS, image(decorative=True)) == []


def test_a_callout_without_words_says_nothing() -> None:
    assert findings(callout(html(""))) == ["empty", f"empty_block@{KEYS[0]}"]
    assert findings(callout(title="Mind the gap")) == []


def test_headings_go_on_from_block_to_block() -> None:
    assert findings(html("<h2>A</h2>"), WORDS, html("<h3>B</h3>")) == []
    assert findings(html("<h2>A</h2>"), WORDS, html("<h4>B</h4>")) == [f"heading_skips@{KEYS[2]}"]


def test_a_long_text_is_told_before_it_is_too_long() -> None:
    assert findings(WORDS, facts=TextFacts(size=900_001)) == ["nearly_full"]
    assert findings(WORDS, facts=TextFacts(size=900_000)) == []


@pytest.mark.parametrize(
    "pasted",
    [
        '<p style="color:#eee">Pale</p>',
        '<font color="yellow">Pale</font>',
        '<table bgcolor="red"><tr><th style="background:red">1</th></tr></table>',
    ],
)
def test_pasted_colours_are_taken_out_and_one_that_stayed_would_be_found(pasted: str) -> None:
    assert findings(html(pasted)) == []
    uncleaned = parse_blocks([{"key": KEYS[0], **html(pasted)}])
    assert findings_of(uncleaned, facts_of(uncleaned)) == [f"fixed_colour@{KEYS[0]}"]


def lesson(key: str = "l1", **fields: Any) -> LessonFace:
    values = {"title": "Sand", "digest": "x", "minutes": 5, **fields}
    return LessonFace(key=key, module_key="m1", **values)


def outline(*lessons: LessonFace, **settings: Any) -> Outline:
    return Outline({**SETTINGS, **settings}, (ModuleFace("m1", "Ground", lessons),))


def codes(outline: Outline, around: Surroundings | None = None) -> list[str]:
    found = readiness_of(outline, around)
    return [problem.code for problem in (*found.must, *found.should)]


def known(**facts: Any) -> LessonFace:
    """A lesson of five minutes, and what is known of its text."""
    return lesson(facts=TextFacts(**facts))


OUTLINES: dict[str, tuple[Outline, Surroundings | None]] = {
    "no_module": (Outline(SETTINGS), None),
    "no_required_lesson": (outline(lesson(is_required=False)), None),
    "empty_module": (
        Outline(SETTINGS, (*outline(lesson()).modules, ModuleFace("m2", "Later"))),
        None,
    ),
    "same_title": (outline(lesson(), lesson("l2", title=" sand ")), None),
    "no_course_title": (outline(lesson(), title=""), None),
    "no_summary": (outline(lesson(), summary=""), None),
    "no_objectives": (outline(lesson(), objectives=[]), None),
    "no_title": (outline(lesson(title=" ")), None),
    "long_title": (outline(lesson(title="x" * 81)), None),
    "long_lesson": (outline(lesson(minutes=121)), None),
    "odd_minutes": (outline(known(minutes=16)), None),
    "asset_gone": (
        outline(known(assets={"pic": KEYS[0]})),
        Surroundings(gone=frozenset({"pic"})),
    ),
    "release_gone": (outline(lesson(release=(("key", "gone"), ("rule", "after")))), None),
    "never_opens": (
        outline(lesson(release=(("key", "m1"), ("rule", "after_module"))), lesson("l2")),
        None,
    ),
    "cover_gone": (outline(lesson()), Surroundings(cover_gone=True)),
    "prerequisite_gone": (outline(lesson()), Surroundings(closed=("Digging",))),
    "lesson_gone": (outline(known(lessons={"soil/gone": KEYS[0]})), Surroundings("soil")),
}


@pytest.mark.parametrize("rule", OUTLINES)
def test_each_rule_of_outlines_finds_what_it_means(rule: str) -> None:
    assert rule in codes(*OUTLINES[rule])


def test_a_sound_version_is_ready() -> None:
    there = {"soil/l1": "b", "other/gone": "b"}
    sound = outline(
        known(minutes=14, assets={"pic": "b"}, lessons=there),
        lesson("l2", title="x" * 80, release=(("key", "l1"), ("rule", "after"))),
        lesson("l3", title="Clay", release=(("key", "l2"), ("rule", "after"))),
    )
    assert codes(sound, Surroundings("soil")) == []


def test_every_rule_has_its_example() -> None:
    found_without_text = {"fixed_colour", "nearly_full"}  # each in a test of its own
    assert TEXTS.keys() | OUTLINES.keys() | found_without_text == RULES.keys()


def test_what_must_be_fixed_is_told_apart_from_advice() -> None:
    found = readiness_of(outline(lesson(problems=("image_without_alt@b1", "heading_skips@b2"))))
    assert [problem.code for problem in found.must] == ["image_without_alt"]
    assert [problem.code for problem in found.should] == ["heading_skips"]
    assert {RULES[code].severity for code in ("empty", "asset_gone")} == {Severity.MUST}


def test_findings_of_before_and_of_after_are_read() -> None:
    """Old ones name no block; one that is not known (any more) says nothing."""
    found = readiness_of(outline(lesson(problems=("image_without_alt", "unheard_of@b1"))))
    assert [problem.path for problem in found.must] == ["/lessons/l1"]


@pytest.mark.parametrize(
    ("problem", "path"),
    [
        (Problem("image_without_alt", "l1", "Sand", "b1"), "/lessons/l1#block-b1"),
        (Problem("empty", "l1", "Sand"), "/lessons/l1"),
        (Problem("long_title", "l1", "Sand"), "/lessons/l1?settings=1"),
        (Problem("empty_module", module_key="m1"), "/board#module-m1"),
        (Problem("no_summary"), "/basics#summary"),
        (Problem("release_gone", "l1", "Sand"), "/lessons/l1?settings=1"),
        (Problem("cover_gone"), "/look"),
        (Problem("prerequisite_gone", title="Digging"), "/settings/admission#prerequisites"),
        (Problem("no_module"), "/board"),
    ],
)
def test_each_problem_leads_to_its_place(problem: Problem, path: str) -> None:
    assert problem.path == path


def test_rules_of_the_basics_name_a_field() -> None:
    assert all(rule.field for rule in RULES.values() if rule.place is Place.BASICS)
