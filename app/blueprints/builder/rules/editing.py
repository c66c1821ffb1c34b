"""From what an editor's fields say to blocks; each field is named for the block it belongs to."""

import re
from collections.abc import Mapping
from typing import Any

from app.blueprints.builder.rules.questions import (
    changed_questions,
    fresh_question,
    question_fields,
)
from app.blueprints.courses.content.keys import new_key
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _l

Block = dict[str, Any]

# What can be edited of each type; everything else of a block stays as it is.
FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("html",),
    "code": ("code", "language", "caption"),
    "image": ("asset", "alt", "caption"),
    "callout": ("title", "kind"),
    "video": ("title", "url", "asset", "captions", "poster"),
    "file": ("asset", "label"),
    "embed": ("title", "url"),
    "quiz": ("title",),
    "assignment": ("title", "html"),
}
# Where nothing is said, these are not there.
_OPTIONAL = frozenset({"asset", "captions", "poster", "url"})
_NOT_IN_LANGUAGE = re.compile(r"[^a-z0-9+#.-]")
_BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+([/?#].*)?")


def changed_block(block: Block, sent: Mapping[str, str]) -> Block:
    """Return `block`, and what is inside it, as the fields sent say: `html-KEY`, `title-KEY`…"""
    key = block["key"]
    changed = dict(block)
    for name in FIELDS[block["type"]]:
        value = sent.get(f"{name}-{key}")
        if value is not None:
            changed[name] = _read(name, value)
    changed = {name: value for name, value in changed.items() if value is not None}
    if block["type"] == "video":
        changed = _in_one_place(block, changed)
    if block.get("questions"):
        changed["questions"] = changed_questions(block["questions"], sent)
    if block["type"] == "image" and f"alt-{key}" in sent:
        changed["decorative"] = f"decorative-{key}" in sent
    if block.get("blocks"):
        changed["blocks"] = [changed_block(inner, sent) for inner in block["blocks"]]
    return changed


def _read(name: str, value: str) -> str | None:
    if name == "language":
        return _NOT_IN_LANGUAGE.sub("", value.strip().lower())
    if name in _OPTIONAL:
        value = value.strip()
        bare = name == "url" and _BARE_HOST.fullmatch(value)
        return f"https://{value}" if bare else value or None
    return value.replace("\r\n", "\n")


def _in_one_place(before: Block, after: Block) -> Block:
    """Return a video with the one of its address and its file that was given last."""
    if not ("url" in after and "asset" in after):
        return after
    dropped = "url" if after["asset"] != before.get("asset") else "asset"
    return {name: value for name, value in after.items() if name != dropped}


def fields_of(block: Block) -> dict[str, str]:
    """Return the fields that say of `block` what it says now; the other way round."""
    key = block["key"]
    fields = {f"{name}-{key}": str(block.get(name, "")) for name in FIELDS[block["type"]]}
    if block.get("decorative"):
        fields[f"decorative-{key}"] = "1"
    for question in block.get("questions", ()):
        fields |= question_fields(question)
    for inner in block.get("blocks", ()):
        fields |= fields_of(inner)
    return fields


def joined_block(mine: Block, theirs: Block) -> Block:
    """Return `mine` with the longer texts of `theirs` before its own, to be edited together."""
    joined = dict(mine)
    for name in ("html", "code"):
        if mine.get(name) != theirs.get(name):
            both = (theirs.get(name, ""), mine.get(name, ""))
            joined[name] = "\n".join(text for text in both if text)
    inside = {block["key"]: block for block in theirs.get("blocks", ())}
    if "blocks" in mine:
        joined["blocks"] = [
            joined_block(inner, inside.get(inner["key"], {})) for inner in mine["blocks"]
        ]
    return joined


def outline_of(key: str, sent: Mapping[str, str]) -> Block:
    """Return what can be told of a block that is gone from the fields sent; raises `NotFound`."""
    kind = sent.get("type", "")
    if kind not in FIELDS:
        raise NotFound
    outline: Block = {"key": key, "type": kind}
    if kind == "callout":
        inner = [name.partition("-") for name in sent if not name.endswith(f"-{key}")]
        kinds = {"html": "text", "code": "code"}
        outline["blocks"] = [
            {"key": its, "type": kinds[name], name: ""} for name, _, its in inner if name in kinds
        ]
    return outline


def fresh_block(kind: str) -> Block:
    """Return an empty block of a type; raises `Invalid` where there is no such type."""
    makers: dict[str, Block] = {
        "text": {"html": ""},
        "image": {},
        "video": {"title": ""},
        "file": {"label": ""},
        "code": {"code": "", "language": "python"},
        "callout": {"kind": "note", "title": "", "blocks": []},
        "embed": {"title": ""},
        "quiz": {"title": ""},
        "assignment": {"title": "", "html": ""},
    }
    if kind not in makers:
        raise Invalid(_l("A block of this kind cannot be added here."))
    block = {"key": new_key(), "type": kind, **makers[kind]}
    if kind == "callout":
        block["blocks"] = [fresh_block("text")]
    if kind == "quiz":
        block["questions"] = [fresh_question("single")]
    return block


def copied_block(block: Block) -> Block:
    """Return the same under new keys."""
    copy = {**block, "key": new_key()}
    for inside in ("blocks", "questions", "choices"):
        if inside in block:
            copy[inside] = [copied_block(inner) for inner in block[inside]]
    return copy
