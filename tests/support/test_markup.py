"""The page checks: each finds its planted fault, and a good page passes."""

import pytest

from tests.support.markup import faults_in

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Courses</title></head>
<body><main>{}</main></body></html>"""
TOKEN = '<input type="hidden" name="csrf_token" value="x">'
GOOD = f"""
<h1>Join</h1>
<form method="post">{TOKEN}
  <label for="name">Name</label><input id="name" name="name" aria-describedby="hint">
  <p id="hint">As it stands on your certificate.</p>
  <label>Level <select name="level"><option>Beginner</option></select></label>
  <button><svg aria-hidden="true"><use href="#plus"></use></svg> Join</button>
</form>
<button type="button" tabindex="-1" aria-hidden="true"><svg></svg></button>
<img src="/a.png" alt=""><a href="/courses">All courses</a>
"""

PLANTED = {
    '<p id="a"></p><p id="a"></p>': "2 elements have the id",
    '<input name="q">': "has no label",
    '<label for="other">Q</label><input id="q" name="q">': "has no label",
    "<textarea name='q'></textarea>": "has no label",
    '<form method="post"><button>Send</button></form>': "no csrf_token",
    '<a href="/x"><button>Send</button></a>': "stands inside",
    "<details><summary><a href='/x'>Link</a></summary></details>": "stands inside",
    '<img src="/a.png">': "has no alt",
    "<button><svg></svg></button>": "has no name",
    '<a href="/x"></a>': "has no name",
    '<p style="color: red">x</p>': "inline attribute style",
    '<p onclick="x()">x</p>': "inline attribute onclick",
    "<script>alert(1)</script>": "is inline",
    "<style>p {}</style>": "is inline",
    '<a href="javascript:x()">x</a>': "runs script",
    "<p><div>x</div></p>": "line",
    "<b>x": "line",
    "<ul><li>x</ul></li>": "line",
}


def test_a_good_page_and_a_good_fragment_pass() -> None:
    assert faults_in(PAGE.format(GOOD)) == []
    assert faults_in(GOOD) == []


@pytest.mark.parametrize("html", ["<tr><td>1</td></tr>", "<td>1</td>", "<option>1</option>", ""])
def test_fragments_of_tables_and_lists_pass(html: str) -> None:
    assert faults_in(html) == []


@pytest.mark.parametrize(("html", "told"), PLANTED.items())
def test_each_fault_is_found_in_page_and_fragment(html: str, told: str) -> None:
    assert any(told in fault for fault in faults_in(PAGE.format(html)))
    assert any(told in fault for fault in faults_in(html))


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<html><title>A</title><main></main>", "line 1"),
        ("<!doctype html><title>A</title><main></main>", "no language"),
        ('<!doctype html><html lang="en"><main></main>', "no title"),
        ('<!doctype html><html lang="en"><title>A</title>', "0 main"),
        (PAGE.format('<label for="gone">x</label>'), 'refers to "gone"'),
        (PAGE.format('<p aria-describedby="gone">x</p>'), 'refers to "gone"'),
    ],
)
def test_each_fault_of_a_whole_page_is_found(html: str, told: str) -> None:
    assert any(told in fault for fault in faults_in(html))
