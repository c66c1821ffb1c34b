"""Folders as courses: order, modules, settings, keys, and what makes a folder unusable."""

from pathlib import Path

import pytest

from app.blueprints.interchange.errors import NotImportable
from app.blueprints.interchange.markdown import ReadCourse, read_course
from tests.interchange.markdown.folders import PNG, SVG, bare, read, write


def outline(course: ReadCourse) -> dict[str, list[str]]:
    return {module.title: [lesson.title for lesson in module.lessons] for module in course.modules}


def test_a_flat_folder_is_one_module_in_the_order_of_names(tmp_path: Path) -> None:
    course = read(tmp_path / "my-course", {"10-c.md": "x", "2-b.md": "x", "README.md": "# Hello"})
    assert outline(course) == {"Hello": ["B", "C"]}


def test_front_matter_orders_and_groups(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        {
            "a.md": "---\nweight: 2\nmodule: Later\n---\n",
            "b.md": "---\norder: 1\nmodule: First\n---\n",
            "c.md": "---\nmodule: First\n---\n",
        },
    )
    assert outline(course) == {"First": ["B", "C"], "Later": ["A"]}


def test_the_settings_list_the_episodes(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        {
            "config.yaml": "title: T\nlang: de\nepisodes:\n- b.md\n- a.md\n",
            "episodes/a.md": "x",
            "episodes/b.md": "x",
            "episodes/left-out.md": "x",
        },
    )
    assert outline(course) == {"T": ["B", "A"]}
    assert course.language == "de"


def test_folders_are_modules(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        {
            "config.yaml": "title: T\nsummary: S\nobjectives: [One, Two]\nsubject: Teaching",
            "02-more/1.md": "---\ntitle: M1\n---\n",
            "01-start/index.md": "---\ntitle: The start\n---\n",
            "01-start/b.md": "x",
            "01-start/deep/a.md": "x",
            ".hidden/x.md": "x",
            "fig/a.png": PNG,
        },
    )
    assert outline(course) == {"The start": ["B", "A"], "More": ["M1"]}
    assert (course.summary, course.objectives, course.subject) == ("S", ("One", "Two"), "Teaching")


def test_a_folder_without_words_about_itself_is_described_by_its_content(tmp_path: Path) -> None:
    course = read(
        tmp_path / "some_course",
        {
            "index.md": "Why **this**.\n\n![](gone.png)",
            "a.md": "::: objectives\n- Do a\n- Do b\n:::",
            "b.md": "---\nobjectives: [Do c]\nkeypoints: ['`k`']\n---\nText",
        },
    )
    assert (course.title, course.summary, course.overview) == (
        "Some course",
        "Why this.",
        "Why this.",
    )
    assert course.objectives == ("Do a", "Do c")
    assert bare(course.lessons[1].blocks) == [
        ("objectives", "", ["<ul>\n<li>Do c</li>\n</ul>"]),
        "<p>Text</p>",
        ("keypoints", "", ["<ul>\n<li><code>k</code></li>\n</ul>"]),
    ]


@pytest.mark.parametrize(
    ("settings", "minutes", "is_required"),
    [
        ("teaching: 20\nexercises: 10", 30, True),
        ("minutes: 7", 7, True),
        ("optional: true", None, False),
        ("required: false\nteaching: 0", None, False),
    ],
)
def test_minutes_and_whether_a_lesson_counts(
    tmp_path: Path, settings: str, minutes: int | None, is_required: bool
) -> None:
    text = f"---\n{settings}\n---\n" + "word " * 300
    lesson = read(tmp_path, {"a.md": text}).lessons[0]
    assert (lesson.own_minutes, lesson.is_required) == (minutes, is_required)


def test_keys_stay_where_nothing_changed(tmp_path: Path) -> None:
    first = read(tmp_path, {"a.md": "One\n\n## H\n\nTwo\n\n```\nx\n```\n\n```\nx\n```"}).lessons[0]
    again = read(tmp_path, {"a.md": "New\n\n```\ny\n```\n\nOne\n\n## H\n\nTwo\n\n```\nx\n```\n"})
    lesson = again.lessons[0]
    assert lesson.key == first.key
    keys = {block["key"] for block in lesson.blocks}
    assert len(keys) == len(lesson.blocks)
    kept = [block["key"] for block in first.blocks[:3]]
    assert [key in keys for key in kept] == [False, True, True] or all(key in keys for key in kept)
    assert first.blocks[-1]["key"] not in keys


def test_images_are_read_once_and_get_their_assets(tmp_path: Path) -> None:
    text = "![A](../fig/a.png)\n\n::: note\n![A](../fig/a.png)\n:::\n\n![](../fig/b.svg)"
    course = read(tmp_path, {"m/a.md": text, "fig/a.png": PNG, "fig/b.svg": SVG})
    assert [(one.path, one.picture.content_type) for one in course.images] == [
        ("fig/a.png", "image/png"),
        ("fig/b.svg", "image/svg+xml"),
    ]
    blocks = course.lessons[0].with_assets(lambda path: f"id of {path}")
    assert bare(blocks)[1] == ("note", "", [("id of fig/a.png", "A", "")])


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"notes.txt": "x"}, "There is no Markdown in this folder."),
        ({"a.md": "---\ntitle: T\n"}, "a.md:1: The front matter is never closed"),
        ({"a.md": "---\ntitle: [\n---\n"}, "a.md:3: The settings cannot be read"),
        ({"a.md": "---\n- x\n---\n"}, "a.md:2: The settings are not names"),
        ({"a.md": b"one\ntwo \xff\n"}, "a.md:2: This is not text in UTF-8."),
        ({"a.md": b"x" * 5_000_001}, "a.md: This file is larger than 5 MB."),
        ({"a.md": "x\n\n" * 400_000}, "a.md:1: This lesson is too long."),
        ({"a.md": "![](a.png)", "a.png": b"x" * 10_000_001}, "a.md:1: The image a.png is larger"),
        ({"a.md": "![](a.png)", "a.png": b"<html>"}, "a.md:1: a.png may not be shown"),
        ({"a.md": "---\ntitle: " + "x" * 201 + "\n---"}, "a.md:1: The title is longer"),
        ({"config.yaml": "a: 1\nepisodes:\n- no.md"}, "config.yaml:3: There is no lesson no.md"),
        ({"config.yaml": "a: [", "a.md": "x"}, "config.yaml:1: The settings cannot be read"),
        ({"config.yaml": "episodes: [" + "a" * 300 + "]"}, "config.yaml:1: There is no lesson"),
        ({"a.md": "![](" + "a" * 300 + ")"}, "a.md:1: There is no image aaa"),
        ({"a.md": "\n\n<iframe src='https://[::1'></iframe>"}, "a.md:3: The address https://[::1"),
        ({"a.md": "::: note\n" * 500}, "a.md:1: This lesson has too many fences inside"),
        ({"config.yaml": "episodes: [../../a.md]"}, "config.yaml:1: There is no lesson"),
    ],
)
def test_an_unusable_folder_is_refused(
    tmp_path: Path, files: dict[str, str | bytes], problem: str
) -> None:
    with pytest.raises(NotImportable) as caught:
        read(tmp_path, files)
    assert problem in str(caught.value)


MERGES = "".join(f"a{n}: &a{n} {{<<: [{f'*a{n - 1}, ' * 9 if n else ''}]}}\n" for n in range(12))


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("minutes: .inf", "no number to count with"),
        ("weight: .nan", "no number to count with"),
        ("minutes: 1" + "0" * 12 + "1", "no number to count with"),
        ("minutes: 0x" + "f" * 9000, "no number to count with"),
        ("minutes: " + "9" * 5000, "no such value"),
        ("minutes: !!int x", "no such value"),
        ("minutes: !!bool perhaps", "no such value"),
        ("date: 2020-13-45", "no such value"),
        ("date: !!timestamp x", "no such value"),
        ('title: "\\ud800"', "no letter of any text"),
        ('title: "a\\0b"', "no letter of any text"),
        ('"\\0": b', "no letter of any text"),
        ('title: "\\UFFFFFFFF"', "no such value"),
        ("title: \x07", "cannot be read"),
        ("a: " + "[" * 9000, "nested too deep"),
        ("? [1, 2]\n: 3", "unhashable"),
        (MERGES, "“<<” is not taken here"),
    ],
)
def test_settings_that_mean_nothing_are_told_with_their_line(
    tmp_path: Path, settings: str, why: str
) -> None:
    with pytest.raises(NotImportable) as caught:
        read(tmp_path, {"a.md": f"---\nkind: lesson\n{settings}\n---\nx", "config.yaml": settings})
    problems = {one.file: one for one in caught.value.problems}
    assert why in str(problems["a.md"].message)
    assert why in str(problems["config.yaml"].message)
    assert (problems["a.md"].line or 0) == (problems["config.yaml"].line or 0) + 2


def test_a_list_that_holds_itself_is_nothing_that_is_asked_for(tmp_path: Path) -> None:
    settings = "---\ntitle: A\nloop: &a [*a]\nobjectives: *a\n---\nx"
    assert read(tmp_path, {"a.md": settings}).lessons[0].title == "A"


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(NotImportable) as caught:
        read(tmp_path, {"a.md": "![](no.png)", "b.md": "---\n", "c.md": ":::\n"})
    assert [(one.file, one.line) for one in caught.value.problems] == [
        ("b.md", 1),
        ("a.md", 1),
        ("c.md", 1),
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotImportable, match="There is no such folder"):
        read_course(tmp_path / "gone")


def test_too_many_files(tmp_path: Path) -> None:
    with pytest.raises(NotImportable, match="more than 500 lessons"):
        read(tmp_path, {f"{number}.md": "x" for number in range(501)})


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, {"secret.md": "x", "secret.png": PNG})
    root = write(tmp_path / "course", {"a.md": "![](b.png)"})
    (root / "b.png").symlink_to(secret / "secret.png")
    (root / "c.md").symlink_to(secret / "secret.md")
    with pytest.raises(NotImportable) as caught:
        read_course(root)
    assert {(one.file, one.line) for one in caught.value.problems} == {("a.md", 1), ("c.md", None)}
