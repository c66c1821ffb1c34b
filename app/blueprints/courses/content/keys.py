"""The keys by which modules, lessons and blocks are recognised from version to version."""

import hashlib
import secrets
import string

LENGTH = 12
PATTERN = rf"^[a-z0-9]{{{LENGTH}}}$"
_LETTERS = string.digits + string.ascii_lowercase


def new_key() -> str:
    """Draw a key: 62 random bits, so unique among the parts of a course, but not a secret."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))


def derived_key(*parts: str) -> str:
    """Make the key that these `parts` always give, for content that is imported again."""
    lengths = "".join(f"{len(part)}:{part}" for part in parts)
    number = int.from_bytes(hashlib.sha256(lengths.encode()).digest())
    letters = []
    for _ in range(LENGTH):
        number, remainder = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[remainder])
    return "".join(letters)
