"""Forms that create, as routes meet them: sent twice, they act once."""

from collections.abc import Callable
from typing import Any

from flask import request

from app.core import idempotency
from app.core.guards import current_actor


def once(payload: Any, command: Callable[[], Any]) -> Any:
    """Carry out what a form asks for, unless it came before; call it inside `writing()`.

    The form has the key of `once()` in its template. The answer is plain JSON.
    """
    key = request.form.get("key", "")
    return idempotency.once(current_actor(), key, [request.path, payload], command)
