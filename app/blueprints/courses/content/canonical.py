"""The one way a body is written down, so that equal content has an equal hash."""

import hashlib
import json

from app.blueprints.courses.content.blocks import Body

NOTHING = hashlib.sha256(b"[]").hexdigest()
"""The hash of a body without blocks."""


def canonical_json(body: Body) -> str:
    """Write the blocks of `body` as sorted, compact JSON.

    Fields that say what they say by default are left out, so that a new field with a default
    does not change the hash of anything stored before.
    """
    blocks = body.model_dump(mode="json", exclude_defaults=True).get("blocks", [])
    return json.dumps(blocks, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def body_hash(body: Body) -> str:
    """Give the SHA-256 of the canonical JSON of `body`, in hexadecimal."""
    return hashlib.sha256(canonical_json(body).encode()).hexdigest()
