"""Secrets in links: made of a seed and this installation's key, so that only their hash is kept.

A job can make such a link again when it writes the mail, and the database alone cannot.
"""

import base64
import hashlib
import hmac
import secrets

from flask import current_app


def new_seed() -> str:
    """Return what a row keeps of a link to come."""
    return secrets.token_hex(16)


def token_of(purpose: str, seed: str) -> str:
    """Return the token for one purpose and seed, always the same, 256 bits."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    made = hmac.digest(key, f"{purpose}\n{seed}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
