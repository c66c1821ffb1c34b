"""How blocks are shown."""

from collections.abc import Mapping
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import given

from app.blueprints.courses.content import Body, clean_body, estimated_minutes, render_body
from tests.core.test_sanitise import leaks
from tests.courses.content.bodies import BODIES, body, callout, code, image, text

ALSO_RENDERED = {"aside", "figure", "video", "track"}


def shown(*blocks: Mapping[str, object]) -> str:
    return render_body(clean_body(body(*blocks))).html


class _Balance(HTMLParser):
    """Fails on an end tag that closes something else than the last one opened."""

    VOID = ("img", "br", "hr", "track")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(BODIES)
def test_any_body_is_shown_balanced_and_with_nothing_active(one: Body) -> None:
    html = render_body(clean_body(one)).html
    check = _Balance()
    check.feed(html)
    check.close()
    assert check.open == []
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(html)
    assert not [element for element in tree.iter() if element.tag in ("script", "style", "svg")]
    assert not [leak for leak in leaks(html) if leak.startswith("link ") or " on" in leak]


def test_text_is_shown_in_its_own_place() -> None:
    block = text("a", "<p>x</p>")
    assert shown(block) == f'<div class="prose" id="b-{block["key"]}"><p>x</p></div>'


def test_code_is_coloured_by_classes() -> None:
    html = shown(code("a", "print('<x>')\n", "python"))
    assert '<code class="language-python"><span class="nb">print</span>' in html
    assert "style=" not in html
    assert "&lt;x&gt;" in html


@pytest.mark.parametrize("language", ["", "output", "error", "no-such-language"])
def test_other_code_is_shown_plain(language: str) -> None:
    assert ">a &lt; b</code>" in shown(code("a", "a < b", language))


def test_what_a_program_printed_says_so() -> None:
    assert "<figcaption>Output</figcaption>" in shown(code("a", "1", "output"))
    assert "<figcaption>Error</figcaption>" in shown(code("a", "1", "error"))


def test_an_image_has_its_texts_and_size() -> None:
    html = shown(image("a", "x1", alt='A "cat"', caption="<b>", width=3, height=4))
    assert '<img src="/media/x1" alt="A &#34;cat&#34;" width="3" height="4"' in html
    assert "<figcaption>&lt;b&gt;</figcaption>" in html
    assert "figcaption" not in shown(image("a", "x1"))


def test_a_callout_has_a_heading_one_level_further_in() -> None:
    html = shown(
        callout("a", "tip", text("b", "x")),
        text("c", "<h2>One</h2><h3>Two</h3>"),
        callout("d", "note", callout("e", "warning", title="Mind <this>")),
        callout("f", "note"),
    )
    levels = [int(part[0]) for part in html.split("<h")[1:]]
    assert levels == [2, 2, 3, 4, 5, 4]
    assert '<span class="callout-label">Watch out</span>' in html
    assert '<span class="callout-name">Mind &lt;this&gt;</span>' in html


@pytest.mark.parametrize("kind", ["solution", "spoiler", "instructor"])
def test_what_is_read_later_is_folded(kind: str) -> None:
    html = shown(callout("a", kind, text("b", "x")))
    assert html.startswith(f'<details class="callout callout-{kind}"')
    assert "<summary" in html


def test_videos_files_and_embeds_are_links_or_players() -> None:
    key = {"key": "a" * 12}
    far = {"type": "video", "url": "https://v.example/1", "title": "Film"} | key
    near = {"type": "video", "asset": "v1", "captions": "c1", "title": "Film"} | key
    faced = near | {"poster": "p1"}
    file = {"type": "file", "asset": "f1", "label": "Sheet"} | key
    assert '<a href="https://v.example/1" rel="noopener noreferrer">Film</a>' in shown(far)
    assert "v.example</span>" in shown(far)
    assert '<track kind="captions" src="/media/c1"' in shown(near)
    assert 'src="/media/v1" poster="/media/p1" aria-label="Film">' in shown(faced)
    assert "poster" not in shown(near)
    assert '<a href="/media/f1"' in shown(file)


def test_a_quiz_never_shows_its_answers() -> None:
    right = {"key": "r" * 12, "text": "Clay", "is_right": True, "feedback": "canary"}
    wrong = {"key": "w" * 12, "text": "Sand", "feedback": "canary"}
    single = {"kind": "single", "prompt": "Of what?", "choices": [wrong, right]}
    number = {"kind": "number", "prompt": "How hot?", "answers": ["canary"], "tolerance": "canary"}
    questions = [
        {"key": "q" * 12, "feedback": "canary", **single},
        {"key": "p" * 12, "feedback": "canary", **number},
    ]
    quiz = {"type": "quiz", "key": "a" * 12, "questions": questions}
    rendered = render_body(body(quiz))
    assert "2 questions" in rendered.html
    assert "<li>Sand</li><li>Clay</li>" in rendered.html
    assert rendered.text == "Of what?\nSand\nClay\nHow hot?"
    for never in ("canary", "is_right", "r" * 12, "true"):
        assert never not in rendered.html + rendered.text


def test_films_wait_for_a_click() -> None:
    key = {"type": "video", "key": "a" * 12, "title": "Throwing"}
    shown_one = shown(key | {"url": "https://www.youtube.com/watch?v=abc_DEF-123&t=4"})
    assert "<iframe" not in shown_one
    assert 'data-frame="https://www.youtube-nocookie.com/embed/abc_DEF-123?rel=0"' in shown_one
    assert "dnt=1" in shown(key | {"url": "https://vimeo.com/76979871"})


@pytest.mark.parametrize(
    "begun",
    [
        {"type": "image"},
        {"type": "video", "title": ""},
        {"type": "file", "label": ""},
        {"type": "embed", "title": ""},
    ],
)
def test_what_is_only_begun_is_not_shown(begun: dict[str, str]) -> None:
    assert shown({"key": "a" * 12, **begun}) == ""


def test_words_and_assets_are_collected() -> None:
    rendered = render_body(
        body(
            text("a", "<h2>One</h2><p>two<img src='/media/m1' alt=''></p>".replace("'", '"')),
            callout("b", "challenge", image("c", "m2", alt="A cat"), title="Try"),
            image("d", "m2"),
        )
    )
    assert rendered.text == "One\ntwo\nTry\nA cat"
    assert rendered.asset_ids == ("m1", "m2")


def test_minutes_count_words_code_pictures_and_work() -> None:
    assert estimated_minutes(body()) == 1
    assert estimated_minutes(body(text("a", "word " * 1000))) == 5
    assert estimated_minutes(body(code("a", "word " * 800))) == 10
    assert estimated_minutes(body(*(image(str(n), "x") for n in range(10)))) == 2
    task = callout("a", "challenge", text("b", "word " * 200))
    assert estimated_minutes(body(task)) == 5
    assert estimated_minutes(body(callout("a", "instructor", text("b", "word " * 2000)))) == 1
