"""New blocks: with files, as copies, brought back; and what each needs to be shown."""

import io
import json

import pytest

from app.blueprints.builder import services
from app.blueprints.courses import services as services_of_courses
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course, lock_course, shown_in_builder
from app.core.actor import Actor
from app.core.db import writing
from tests.builder.pages import base
from tests.builder.steps import add_lesson, publish, write
from tests.builder.test_routes_blocks import address, blocks_of, fields
from tests.factories import files
from tests.factories.accounts import actor_for, make_user
from tests.support.client import PART, CheckedClient


@pytest.fixture
def clay(author: Actor, course: Course) -> str:
    """A lesson with one text."""
    key = add_lesson(author, course, "Clay")
    write(author, course, key, "<p>Clay.</p>")
    return key


def uploaded(desk: CheckedClient, course: Course, data: bytes, name: str) -> str:
    """Send a file into the course; return its public id."""
    sent = desk.post(f"{base(course)}/assets", data={"file": (io.BytesIO(data), name)})
    assert sent.status_code == 201, sent.text
    return str(sent.get_json()["asset"])


def test_a_lesson_without_blocks_is_begun_by_writing(
    desk: CheckedClient, author: Actor, course: Course
) -> None:
    key = add_lesson(author, course, "Sand")
    page = desk.get(f"{base(course)}/lessons/{key}").text
    assert f'id="block-{key}"' in page
    assert blocks_of(course, key) == []
    text = {f"html-{key}": "<p>Sand.</p>", "type": "text", "base": ""}
    assert desk.put(f"{address(course, key)}/{key}", data=text, headers=PART).status_code == 204
    assert [one.block["html"] for one in blocks_of(course, key)] == ["<p>Sand.</p>"]
    # A block after the text that was not written is the first.
    other = add_lesson(author, course, "Silt")
    values = {"type": "code", "after": other, "instead": "1"}
    assert desk.post(address(course, other), data=values, headers=PART).status_code == 200
    assert [one.type for one in blocks_of(course, other)] == ["code"]


def test_a_lesson_leads_to_those_beside_it(
    desk: CheckedClient, author: Actor, course: Course, clay: str
) -> None:
    key = add_lesson(author, course, "Sand")
    part = desk.get(f"{base(course)}/lessons/{clay}", headers=PART).text
    assert "Next lesson: Sand" in part
    assert f'name="after" value="{clay}"' in part
    assert "Lesson before: Clay" in desk.get(f"{base(course)}/lessons/{key}", headers=PART).text


def test_a_block_begins_with_a_file(desk: CheckedClient, course: Course, clay: str) -> None:
    asset = uploaded(desk, course, files.picture("PNG", (40, 30)), "pot.png")
    first = blocks_of(course, clay)[0]
    values = {"type": "image", "asset": asset, "after": first.key}
    part = desk.post(address(course, clay), data=values, headers=PART)
    assert f'src="/media/{asset}"' in part.text
    block = blocks_of(course, clay)[1].block
    assert (block["asset"], block["width"], block["height"]) == (asset, 40, 30)


def test_files_have_to_fit(desk: CheckedClient, course: Course, clay: str) -> None:
    asset = uploaded(desk, course, files.picture("PNG"), "pot.png")
    url = address(course, clay)
    assert desk.post(url, data={"type": "video", "asset": asset}).status_code == 422
    assert desk.post(url, data={"type": "image", "asset": "nothing"}).status_code == 422
    assert desk.post(url, data={"type": "file", "asset": asset}).status_code == 303
    assert blocks_of(course, clay)[-1].block["label"] == "pot.png"


def test_files_of_other_courses_are_not_there(
    desk: CheckedClient, author: Actor, course: Course, clay: str
) -> None:
    with writing():
        other = services.create_course(author, title="Elsewhere")
    asset = uploaded(desk, other, files.picture("PNG"), "pot.png")
    refused = desk.post(address(course, clay), data={"type": "image", "asset": asset})
    assert refused.status_code == 422
    assert len(blocks_of(course, clay)) == 1


def test_a_plain_form_sends_the_file_with_its_fields(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    desk.post(address(course, clay), data={"type": "image"})
    block = blocks_of(course, clay)[-1]
    form = {
        "base": block.base,
        f"alt-{block.key}": "A pot",
        f"asset-file-{block.key}": (io.BytesIO(files.picture("PNG")), "pot.png"),
    }
    assert desk.post(f"{address(course, clay, block)}/file", data=form).status_code == 303
    stored = blocks_of(course, clay)[-1].block
    assert stored["alt"] == "A pot"
    assert stored["asset"]
    stale = desk.post(f"{address(course, clay, block)}/file", data={f"alt-{block.key}": "x"})
    assert stale.status_code == 409
    assert desk.post(f"{address(course, clay)}/gone/file", data={}).status_code == 404


def test_blocks_are_duplicated(desk: CheckedClient, course: Course, clay: str) -> None:
    first = blocks_of(course, clay)[0]
    assert desk.post(f"{address(course, clay)}?copy_of={first.key}&after={first.key}").location
    one, two = blocks_of(course, clay)
    assert (one.block["html"], one.key) == (two.block["html"], first.key)
    assert one.key != two.key
    assert desk.post(f"{address(course, clay)}?copy_of=gone").status_code == 404


def test_a_removed_block_is_brought_back(
    desk: CheckedClient, author: Actor, course: Course, clay: str
) -> None:
    write(author, course, clay, "<p>Second</p>")
    before = blocks_of(course, clay)
    gone = f"{address(course, clay, before[0])}?base={before[0].base}"
    part = desk.delete(gone, headers=PART)
    assert "Block removed." in part.text
    assert blocks_of(course, clay) == before[1:]
    back = {"block": json.dumps(before[0].block), "after": "first"}
    for _ in range(2):
        assert desk.post(address(course, clay), data=back).status_code == 303
    assert blocks_of(course, clay) == before


@pytest.mark.parametrize("block", ["{", "5", '{"type": "text"}', "[" * 9_000, '{"key": "a"}'])
def test_nonsense_is_not_brought_back(
    desk: CheckedClient, course: Course, clay: str, block: str
) -> None:
    assert desk.post(address(course, clay), data={"block": block}).status_code == 422


def test_what_is_brought_back_is_cleaned(desk: CheckedClient, course: Course, clay: str) -> None:
    hostile = {"type": "text", "key": "h" * 12, "html": "<p onclick='x()'>Hi</p>"}
    desk.post(address(course, clay), data={"block": json.dumps(hostile)})
    assert blocks_of(course, clay)[-1].block["html"] == "<p>Hi</p>"


def test_a_block_takes_the_place_of_an_empty_text_only(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    full = blocks_of(course, clay)[0]
    instead = {"type": "code", "after": full.key, "instead": "1"}
    desk.post(address(course, clay), data=instead)
    assert [one.type for one in blocks_of(course, clay)] == ["text", "code"]
    desk.put(address(course, clay, full), data=fields(full, ""), headers=PART)
    desk.post(address(course, clay), data=instead)
    assert [one.type for one in blocks_of(course, clay)] == ["code", "code"]


def test_a_quiz_is_written(desk: CheckedClient, course: Course, clay: str) -> None:
    desk.post(address(course, clay), data={"type": "quiz"})
    quiz = blocks_of(course, clay)[-1]
    question = quiz.block["questions"][0]
    choices = [choice["key"] for choice in question["choices"]]
    form = {
        "base": quiz.base,
        f"title-{quiz.key}": "Check",
        f"prompt-{question['key']}": "Of what?",
        f"text-{choices[0]}": "Sand",
        f"text-{choices[1]}": "Clay",
        f"right-{question['key']}": choices[1],
        "do": "add:number",
    }
    part = desk.put(address(course, clay, quiz), data=form, headers=PART)
    assert part.status_code == 200
    stored = blocks_of(course, clay)[-1].block
    assert [one["kind"] for one in stored["questions"]] == ["single", "number"]
    assert stored["questions"][0]["choices"][1] == {
        "key": choices[1],
        "text": "Clay",
        "is_right": True,
    }
    assert 'value="Clay"' in part.text
    form["do"], form["base"] = "sing", blocks_of(course, clay)[-1].base
    assert desk.put(address(course, clay, quiz), data=form, headers=PART).status_code == 422


def test_right_answers_never_reach_a_learner(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    desk.post(address(course, clay), data={"type": "quiz"})
    quiz = blocks_of(course, clay)[-1]
    question = quiz.block["questions"][0]
    choices = [choice["key"] for choice in question["choices"]]
    form = {
        "base": quiz.base,
        f"prompt-{question['key']}": "Of what?",
        f"text-{choices[0]}": "Sand",
        f"feedback-{choices[0]}": "canary-wrong",
        f"text-{choices[1]}": "Clay",
        f"feedback-{choices[1]}": "canary-right",
        f"feedback-{question['key']}": "canary-all",
        f"right-{question['key']}": choices[1],
    }
    desk.put(address(course, clay, quiz), data=form, headers=PART)
    publish(actor_for(make_user(roles=["approver"])), course)
    lesson = f"{base(course)}/lessons/{clay}"
    assert "canary-right" in desk.get(lesson).text
    for url in (f"/learning/{course.slug}/{clay}", f"{lesson}/preview", f"/courses/{course.slug}"):
        page = desk.get(url)
        assert page.status_code == 200
        assert "canary" not in page.text
        assert choices[1] not in page.text
    block = desk.get(f"{lesson}/blocks/{quiz.key}")
    assert "Of what?" in block.text
    assert "canary" not in block.text


def test_films_are_here_or_elsewhere(desk: CheckedClient, course: Course, clay: str) -> None:
    desk.post(address(course, clay), data={"type": "video"})
    film = blocks_of(course, clay)[-1]
    url = address(course, clay, film)
    form = {
        "base": film.base,
        f"title-{film.key}": "Throwing",
        f"url-{film.key}": "youtu.be/abcdefgh",
    }
    assert desk.put(url, data=form, headers=PART).status_code == 204
    film = blocks_of(course, clay)[-1]
    assert film.block["url"] == "https://youtu.be/abcdefgh"
    bad = {"base": film.base, f"url-{film.key}": "javascript:alert(1)"}
    assert desk.put(url, data=bad, headers=PART).status_code == 422


def test_a_film_has_a_picture_until_it_plays(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    asset = uploaded(desk, course, files.film(2, (64, 48)), "pot.mp4")
    desk.post(address(course, clay), data={"type": "video", "asset": asset})
    poster = uploaded(desk, course, files.picture("PNG"), "pot.png")

    def save(**fields: str) -> int:
        film = blocks_of(course, clay)[-1]
        form = {f"{name}-{film.key}": value for name, value in fields.items() if name != "do"}
        form |= {name: value for name, value in fields.items() if name == "do"}
        url = address(course, clay, film)
        return desk.put(url, data={**form, "base": film.base}, headers=PART).status_code

    assert save(poster=asset) == 422
    assert save(poster=poster, title="Throwing") == 204
    preview = f"{base(course)}/lessons/{clay}/preview"
    assert f'poster="/media/{poster}"' in desk.get(preview).text
    assert "Remove this picture" in desk.get(f"{base(course)}/lessons/{clay}").text
    assert save(do="drop:title") == 200
    assert save(poster=poster, do="drop:poster") == 200
    assert "poster" not in blocks_of(course, clay)[-1].block
    assert blocks_of(course, clay)[-1].block["title"] == "Throwing"
    assert "poster=" not in desk.get(preview).text


def test_one_block_is_previewed(desk: CheckedClient, course: Course, clay: str) -> None:
    url = address(course, clay, blocks_of(course, clay)[0])
    assert "<p>Clay.</p>" in desk.get(url).text
    part = desk.get(url, headers=PART).text
    assert "<p>Clay.</p>" in part
    assert "<html" not in part
    assert desk.get(f"{address(course, clay)}/gone").status_code == 404


def test_a_preview_is_what_learners_see(
    desk: CheckedClient, author: Actor, course: Course, clay: str
) -> None:
    for kind in ("callout", "quiz", "assignment"):
        desk.post(address(course, clay), data={"type": kind})
    write(author, course, clay, "<h2>Head</h2><table><tr><th>A</th></tr></table>")
    preview = desk.get(f"{base(course)}/lessons/{clay}/preview").text
    asset = uploaded(desk, course, files.picture("PNG"), "pot.png")
    desk.post(address(course, clay), data={"type": "image", "asset": asset})
    assert text_shown(desk.get(f"{base(course)}/lessons/{clay}/preview").text) != text_shown(
        preview
    )
    preview = desk.get(f"{base(course)}/lessons/{clay}/preview").text
    publisher = actor_for(make_user(roles=["approver"]))
    with writing():
        version = shown_in_builder(get_course(course.id))
        services_of_courses.publish_version(
            publisher, lock_course(course.id), version, audience="everyone", redo_keys=()
        )
    assert text_shown(desk.get(f"/learning/{course.slug}/{clay}").text) == text_shown(preview)


def text_shown(page: str) -> str:
    """What a page shows of a lesson's blocks, as HTML."""
    begin = page.index('<div class="prose">')
    return page[begin : page.index("</main>", begin)].strip()
