"""Changes of what a lesson says, block by block; autosave sends them as people type."""

import json
from contextlib import suppress
from typing import Any

from flask import Response, flash, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import StaleText
from app.blueprints.builder.forms import read_after
from app.blueprints.builder.queries.drawn import stored_block, typed_block
from app.blueprints.builder.routes.blueprint import autosave, base_of, bp, command
from app.blueprints.builder.routes.drawer import drawer_context
from app.blueprints.builder.routes.fields import began
from app.blueprints.builder.rules.editing import (
    changed_block,
    fields_of,
    joined_block,
    outline_of,
)
from app.blueprints.builder.rules.media import without_file
from app.blueprints.builder.rules.questions import done_to
from app.blueprints.builder.rules.sessions import Place
from app.blueprints.builder.rules.steps import BOARD
from app.blueprints.builder.rules.texts import (
    FIRST,
    Change,
    MoveBlock,
    RemoveBlock,
    SaveBlock,
    digest,
    find,
)
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import is_fragment, redirect, render
from app.core.i18n import gettext as _

# How often a text is prepared anew outside the write gate before others are made to wait for it.
TRIES = 4


@bp.put("/teaching/<slug>/lessons/<key>/blocks/<block>")
@autosave
@course_guard(can_edit_course)
def save_block(course: Course, key: str, block: str) -> Response:
    """Save one block, if it still is what its editor began with, or the two can be merged."""
    current = queries.text_in_builder(course, key)
    change = _sent_change(course, current, block)
    try:
        text, revision = write(course, key, change, current)
    except StaleText as error:
        return show_both(course, key, error)
    if request.form.get("do"):
        return show_lesson(course, key, fresh=block)
    if not is_fragment():
        flash(_("Saved."), "good")
        return back(course, key)
    # From what was saved under the lock: a second look could find what somebody saved since,
    # and the next save would overwrite that unseen.
    saved, base = services.saved_block(text, block)
    headers = {"X-Block-Base": base, "X-Lesson-Text": str(revision)}
    if change.was is not None and saved != change.block:
        headers["X-Block-Merged"] = "1"
    return Response(status=204, headers=headers)


@bp.delete("/teaching/<slug>/lessons/<key>/blocks/<block>")
@command
@course_guard(can_edit_course)
def remove_block(course: Course, key: str, block: str) -> Response:
    """Take a block out, if it still is what was shown; the answer can bring it back."""
    removed = _placed(course, key, block)
    try:
        write(course, key, RemoveBlock(block, request.values.get("base", "")))
    except StaleText as error:
        return show_both(course, key, error)
    return show_lesson(course, key, removed=removed)


@bp.post("/teaching/<slug>/lessons/<key>/blocks/<block>/move")
@command
@course_guard(can_edit_course)
def move_block(course: Course, key: str, block: str) -> Response:
    """Put a block after another; first where `after` is empty."""
    write(course, key, MoveBlock(block, read_after(request.values)))
    return show_lesson(course, key, fresh=block)


def _placed(course: Course, key: str, block: str) -> dict[str, str] | None:
    """Return a block as it is sent to bring it back: its JSON, and what it stood after."""
    blocks = queries.lesson_editor(course, key).blocks
    for before, one in zip([None, *blocks], blocks, strict=False):
        if one.key == block:
            after = before.key if before else FIRST
            return {"block": json.dumps(one.block), "after": after}
    return None


def write(
    course: Course, key: str, change: Change, current: queries.LessonText | None = None
) -> tuple[str, int]:
    """Save the change; return the lesson's text as it now is, and its revision.

    `current` is what it said a moment ago, where that is known.
    """
    actor = current_actor()
    for tries_left in reversed(range(TRIES)):
        prepared = services.prepare_text(
            actor, course_id=course.id, lesson=key, change=change, current=current
        )
        current = None  # tried again, it says something else
        if prepared.changes_nothing:
            return prepared.values["blocks"], prepared.revision
        with suppress(services.PreparedInVain), writing():
            draft = services.save_text(actor, prepared, wait=not tries_left)
            services.count_autosave(actor, course_id=course.id, place=Place(BOARD, key))
            return draft.blocks, draft.revision
    raise AssertionError("the last try waits")


def _sent_change(course: Course, current: queries.LessonText, block: str) -> SaveBlock:
    """Read the change: the block as it should be and, if sent, as its editor began with it."""
    # Of one that was removed while it was edited, the outline.
    sent = request.form
    stored = find(current.blocks, block) or outline_of(block, sent)
    mine, base = changed_block(stored, sent), sent.get("base", "")
    if "do" in sent and mine["type"] == "quiz":
        mine["questions"] = done_to(mine.get("questions", []), sent["do"])
    if "do" in sent and mine["type"] == "video":
        mine = without_file(mine, sent["do"])
    mine = queries.with_files(course, stored, mine)
    was = began()
    if not was:
        return SaveBlock(mine, base)
    first = services.clean_block(changed_block(stored, was))
    return SaveBlock(services.clean_block(mine), base, first)


def show_lesson(course: Course, key: str, **more: Any) -> Response:
    """Answer with the lesson as it now is: its drawer, or the way back to its page."""
    if not is_fragment():
        return back(course, key)
    context = drawer_context(course, queries.lesson_editor(course, key))
    return render("builder/_drawer.html", **context, **more)


def show_both(course: Course, key: str, error: StaleText) -> Response:
    """Answer 409 with both texts; the form that keeps one's own carries it along."""
    return render(
        "builder/stale_text.html",
        "builder/_stale_text.html",
        status=error.status,
        lesson=queries.lesson_editor(course, key).lesson,
        address=f"{base_of(course)}/lessons/{key}",
        block=error.mine["key"],
        type=error.mine["type"],
        sent=fields_of(error.mine),
        both=fields_of(joined_block(error.mine, error.current)) if error.current else {},
        theirs_fields=fields_of(error.current) if error.current else {},
        # Under a key of its own, since a block's key is its id on the page.
        mine=typed_block({**error.mine, "key": "mine00000000"}),
        theirs=stored_block(error.current) if error.current else "",
        theirs_base=digest(error.current) if error.current else "",
        message=error.message,
    )


def back(course: Course, key: str) -> Response:
    """Lead to the page of the lesson."""
    return redirect(url_for("builder.lesson", slug=course.slug, key=key))
