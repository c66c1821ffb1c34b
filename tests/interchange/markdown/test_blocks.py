"""What a lesson's Markdown becomes."""

from pathlib import Path
from typing import Any

import pytest

from app.blueprints.interchange.errors import NotImportable
from tests.interchange.markdown.folders import PNG, bare, read_lesson

REL = 'rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "One\n\nTwo\n\n- a\n- b\n",
            ["<p>One</p>\n<p>Two</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
        ),
        ("One\n\n## H\n\nTwo", ["<p>One</p>", "<h2>H</h2>\n<p>Two</p>"]),
        ("# H\n\n## I {#x .y}\n\n#### J", ["<h2>H</h2>", "<h3>I</h3>", "<h4>J</h4>"]),
        ("### H\n\n# I\n\n## J", ["<h2>H</h2>", "<h2>I</h2>", "<h3>J</h3>"]),
        ("```python\nx = 1\n\n```", [("python", "x = 1\n")]),
        ("~~~\nx\n~~~\n{: .language-python}\n\nEnd", [("python", "x"), "<p>End</p>"]),
        ("```{r, echo=FALSE}\nx\n```", [("r", "x")]),
        ("```{.bash .numbers}\nx\n```", [("bash", "x")]),
        ("```output\n1\n```", [("output", "1")]),
        ("    indented", [("", "indented")]),
        ("Term\n: What it is", ["<dl>\n<dt>Term</dt>\n<dd>What it is</dd>\n</dl>"]),
        ("a<script>x</script> **b**<!-- no -->", ["<p>a <strong>b</strong></p>"]),
        ("[a](b.md) [c](#d) [e](/f)", ["<p>a c e</p>"]),
        (
            "[a](https://e.example){target=_blank}",
            [f'<p><a href="https://e.example" {REL}>a</a></p>'],
        ),
        (
            "a[^1]\n\n[^1]: b",
            ["<p>a<sup>[1]</sup></p>\n<hr>\n\n<ol>\n<li><p>b</p>\n</li>\n</ol>"],
        ),
        ("`f()`{.python} {x}", ["<p><code>f()</code> {x}</p>"]),
    ],
)
def test_text_and_code(tmp_path: Path, text: str, blocks: list[Any]) -> None:
    assert bare(read_lesson(tmp_path, f"---\ntitle: T\n---\n{text}")) == blocks


def test_a_first_heading_that_is_the_title_is_not_repeated(tmp_path: Path) -> None:
    assert bare(read_lesson(tmp_path, "# Loops\n\n## Why\n\nx")) == ["<h2>Why</h2>\n<p>x</p>"]


FENCES = """
::::::::: challenge

## Try `this`

Do it.

:::: solution
It is done.

```python
:::
```
::::::::::::::::::::

:::::

::: {.callout-tip title="Mind it"}
x
:::

:::{note} Look here
y
:::

::: whatever-else
z
:::
"""


def test_fences_nest_with_any_number_of_colons(tmp_path: Path) -> None:
    assert bare(read_lesson(tmp_path, FENCES)) == [
        (
            "challenge",
            "Try this",
            ["<p>Do it.</p>", ("solution", "", ["<p>It is done.</p>", ("python", ":::")])],
        ),
        ("tip", "Mind it", ["<p>x</p>"]),
        ("note", "Look here", ["<p>y</p>"]),
        ("note", "Whatever else", ["<p>z</p>"]),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("prereq", "prerequisite"), ("callout", "note"), ("caution", "warning"), ("hint", "tip")],
)
def test_other_names_of_our_kinds(tmp_path: Path, name: str, kind: str) -> None:
    assert bare(read_lesson(tmp_path, f"::: {name}\nx\n:::")) == [(kind, "", ["<p>x</p>"])]


def test_a_fence_ends_paragraphs_and_lists(tmp_path: Path) -> None:
    found = bare(read_lesson(tmp_path, "One\n::: tip\n- a\n:::\n- b\n::: note\nx\n:::"))
    assert found == [
        "<p>One</p>",
        ("tip", "", ["<ul>\n<li>a</li>\n</ul>"]),
        "<ul>\n<li>b</li>\n</ul>",
        ("note", "", ["<p>x</p>"]),
    ]


def test_a_fence_inside_a_list_comes_after_it(tmp_path: Path) -> None:
    found = bare(read_lesson(tmp_path, "- a\n\n  ::: tip\n  x\n  :::\n\n- b"))
    assert found[1:] == [("tip", "", ["<p>x</p>"])]
    assert "<p>b</p>" in found[0]


def test_quotations_with_a_class_are_callouts(tmp_path: Path) -> None:
    text = "> ## Try\n> a\n>\n> > ## Answer\n> > b\n> {: .solution}\n{: .challenge}\n\n> c\n"
    assert bare(read_lesson(tmp_path, text)) == [
        ("challenge", "Try", ["<p>a</p>", ("solution", "Answer", ["<p>b</p>"])]),
        "<blockquote>\n<p>c</p>\n</blockquote>",
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("![A cat](fig/a.png)", [("fig/a.png", "A cat", "")]),
        ("![](fig/a.png){alt='It is\\_a \\[cat\\]'}", [("fig/a.png", "It is_a [cat]", "")]),
        ('![Cap](fig/a.png){alt="A cat" width=50%}', [("fig/a.png", "A cat", "Cap")]),
        ('![A cat](fig/a.png "Cap")', [("fig/a.png", "A cat", "Cap")]),
        ("![](fig/a.png)\n![B](fig/b.png)", [("fig/a.png", "", ""), ("fig/b.png", "B", "")]),
        ("One ![A](fig/a.png) two", ["<p>One  two</p>", ("fig/a.png", "A", "")]),
        ("- x\n- ![A](fig/a.png)\n\nEnd", None),
        ('<img src="fig/a.png" alt="A">', [("fig/a.png", "A", "")]),
        ('<figure><img src="fig/a.png" alt="A"></figure>\n', [("fig/a.png", "A", "")]),
        ("![A][ref]\n\n[ref]: fig/a.png", [("fig/a.png", "A", "")]),
        ("![A](https://e.example/a.png)", [("https://e.example/a.png", "A")]),
        ('<iframe src="https://v.example/1" title="V"></iframe>', [("https://v.example/1", "V")]),
        ("::: note\n![A](fig/a.png)\n:::", [("note", "", [("fig/a.png", "A", "")])]),
    ],
)
def test_images_become_blocks(tmp_path: Path, text: str, blocks: list[Any] | None) -> None:
    listed = ["<ul>\n<li>x</li>\n</ul>", ("fig/a.png", "A", ""), "<p>End</p>"]
    assert bare(read_lesson(tmp_path, text, a=PNG, b=PNG)) == (blocks or listed)


def test_an_image_block_has_its_size(tmp_path: Path) -> None:
    block = read_lesson(tmp_path, "![A](fig/a.png)", a=PNG)[0]
    assert (block["width"], block["height"]) == (40, 30)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: T\n---\n\n::: tip\nx", "one.md:5: This fence is never closed."),
        ("x\n\n:::\n", "one.md:3: This line of colons closes nothing."),
        ("x\ny ![](no.png)", "one.md:2: There is no image no.png."),
        ("![](../no.png)", "one.md:1: The image ../no.png is outside the folder."),
        ("![](/etc/no.png)", "one.md:1: The image /etc/no.png has an absolute path."),
        ("![](data:image/png;base64,AA==)", "one.md:1: An image has no file."),
        ("::: tip\n" * 6 + ":::\n" * 6, "one.md:1: Callouts can be inside each other"),
        ("<div>" * 150, "one.md:1: This text has too many parts"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(NotImportable) as caught:
        read_lesson(tmp_path / "course", text)
    assert problem in str(caught.value)
