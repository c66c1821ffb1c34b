"""What may stay of HTML that people write."""

import re
import time
from collections.abc import Callable, Iterator

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.sanitise import ATTRIBUTES, MAX_DEPTH, MAX_LENGTH, TAGS, clean_html, plain_text
from tests.support.hostile import bleach_cases, naughty_strings, purify_cases


def leaks(html: str) -> list[str]:
    """Name everything in `html`, as a third parser sees it, that is not on the allow-list."""
    found = []
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    for element in parser.parseFragment(html).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if not isinstance(element.tag, str) or element.tag not in TAGS:
            found.append(f"tag {element.tag}")
            continue
        for name, value in element.attrib.items():
            check = ATTRIBUTES.get(element.tag, {}).get(name) or ATTRIBUTES["*"].get(name)
            if check is None or not check(value):
                found.append(f"{element.tag} {name}={value}")
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", element.get("href", ""), re.IGNORECASE)
        if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
            found.append(f"link {element.get('href')}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("cases", [purify_cases, bleach_cases, naughty_strings])
def test_hostile_text_leaves_nothing_active(cases: Callable[[], Iterator[str]]) -> None:
    for case in cases():
        for html in (case, f"<p>{case}</p>", f'<a title="{case}">x</a>', f"<table>{case}"):
            clean = clean_html(html)
            assert leaks(clean) == [], html
            assert clean_html(clean) == clean, html


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick='x'>t</p>",
        "<script>x</script>",
        "<a href=' JavaScript:x'>t</a>",
        "<img src='https://e.example/a.png'>",
        "<b id='x'>t</b>",
        "<svg></svg>",
    ],
)
def test_the_check_itself_finds_what_may_not_be_there(html: str) -> None:
    assert leaks(html)


FRAGMENTS = [
    *("<p>", "</p>", "<b>", "</b>", "<a href='", "'>", "</a>", "<table>", "<tr>", "<td>"),
    *("</table>", "<svg>", "<math>", "<mtext>", "<style>", "</style>", "<script>", "</script>"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<pre>", "\n", "</pre>", "<details open>", "<summary>"),
    *("<h1>", "</h1>", "<h6>", "<li>", "<ul>", "<noscript>", "<template>", "<select>", "<form>"),
    *("javascript:alert(1)", "https://e.example/", "&lt;", "&amp;", "&#0;", "&nbsp;", '"', "'"),
    *("<img src='/media/abc' onerror=x>", "<img src=//e.example/x>", " onclick=x ", "<", ">"),
    *("<plaintext>", "<title>", "<textarea>", "</textarea>", "text", "\0", "\ud800", "\r\n"),
]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=30).map("".join))
def test_any_text_is_made_safe_and_stays_as_it_is(html: str) -> None:
    clean = clean_html(html)
    assert leaks(clean) == []
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<h1>Title</h1><h6>Note</h6>", "<h2>Title</h2><h5>Note</h5>"),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        ("<p onclick='x' style='y' id='z'>t</p>", "<p>t</p>"),
        ("<a href='javascript:x'>t</a>", '<a rel="noopener noreferrer">t</a>'),
        ("<a href='/c' target=_top>t</a>", '<a href="/c" rel="noopener noreferrer">t</a>'),
        ("<img src='https://e.example/a.png' alt='t'>", ""),
        ("<img src='/media/../a' alt='t'>", ""),
        ("<img src='/media/a1' alt='t' width='20'>", '<img src="/media/a1" alt="t" width="20">'),
        ("<code class='language-python'>x</code>", '<code class="language-python">x</code>'),
        ("<code class='button k'>x</code>", "<code>x</code>"),
        ("<th scope='col' align='left'>x</th>", "x"),
        (
            "<details open><summary>s</summary>t</details>",
            '<details open=""><summary>s</summary>t</details>',
        ),
    ],
)
def test_what_is_kept(html: str, kept: str) -> None:
    assert clean_html(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * (MAX_DEPTH + 10),
        "<b><i><u>" * 60 + "<p>x" * 15_000,
        "<table><tr><td>" * 5_000,
        "x" * (MAX_LENGTH + 1),
        "<x" * 200_000,
    ],
)
def test_what_is_not_worth_reading_is_refused_at_once(html: str) -> None:
    began = time.thread_time()
    with pytest.raises(Invalid):
        clean_html(html)
    assert time.thread_time() - began < 3


def test_a_long_text_is_cleaned_in_reasonable_time() -> None:
    html = "<p>Hello <b>you</b>, this is <a href='https://e.example'>plain</a> text.</p>" * 1300
    began = time.thread_time()
    assert clean_html(html).count("<p>") == 1300
    assert time.thread_time() - began < 2


def test_plain_text_gives_words_in_lines() -> None:
    html = "<h2>A &amp; B</h2><p>one  <b>two</b>\nthree</p><ul><li>x</li><li>y&lt;z</li></ul>"
    assert plain_text(html) == "A & B\none two\nthree\nx\ny<z"
    assert plain_text("<script>no</script>") == ""
