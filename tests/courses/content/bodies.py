"""Bodies to test with: by hand in few words, and any at all."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from app.blueprints.courses.content import Body, derived_key, parse_blocks


def text(name: str, html: str) -> dict[str, Any]:
    return {"type": "text", "key": derived_key(name), "html": html}


def code(name: str, source: str, language: str = "") -> dict[str, Any]:
    return {"type": "code", "key": derived_key(name), "code": source, "language": language}


def image(name: str, asset: str, **fields: Any) -> dict[str, Any]:
    return {"type": "image", "key": derived_key(name), "asset": asset, **fields}


def callout(name: str, kind: str, *blocks: dict[str, Any], title: str = "") -> dict[str, Any]:
    return {
        "type": "callout",
        "key": derived_key(name),
        "kind": kind,
        "title": title,
        "blocks": list(blocks),
    }


def body(*blocks: Mapping[str, Any]) -> Body:
    return parse_blocks(list(blocks))


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
HTML = st.lists(st.sampled_from(["<h2>", "</h2>", "<p>", "<b>", "<img src=/media/a>"]) | WORDS).map(
    "".join
)
SIMPLE = st.one_of(
    st.builds(lambda html: {"type": "text", "html": html}, HTML),
    st.builds(lambda words: {"type": "code", "code": words, "language": "python"}, WORDS),
    st.builds(lambda words: {"type": "image", "asset": "a1", "alt": words}, WORDS),
    st.builds(lambda words: {"type": "embed", "url": "https://e.example", "title": words}, WORDS),
    st.builds(
        lambda words: {
            "type": "quiz",
            "questions": [{"key": "q" * 12, "kind": "short", "prompt": words, "answers": [words]}],
        },
        WORDS,
    ),
)
NESTED = st.recursive(
    SIMPLE,
    lambda inner: st.builds(
        lambda kind, blocks: {"type": "callout", "kind": kind, "blocks": blocks},
        st.sampled_from(["note", "challenge", "solution"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=5,
)


def keyed(blocks: list[dict[str, Any]], path: str = "") -> list[dict[str, Any]]:
    """Give each of `blocks` a key by its place."""
    return [
        block
        | {"key": derived_key(path, str(place))}
        | (
            {"blocks": keyed(block["blocks"], f"{path}{place}/")}
            if block["type"] == "callout"
            else {}
        )
        for place, block in enumerate(blocks)
    ]


def _shallow(blocks: list[dict[str, Any]], left: int = 5) -> bool:
    return left > 0 and all(_shallow(block.get("blocks", []), left - 1) for block in blocks)


BODIES = st.lists(NESTED, max_size=6).filter(_shallow).map(lambda blocks: body(*keyed(blocks)))
