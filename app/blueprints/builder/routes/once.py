"""Forms of the board that add: sent twice, they add once."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import request

from app.blueprints.builder.models import Mode
from app.blueprints.builder.services import BoardChange
from app.core import idempotency
from app.core.guards import current_actor


def added_once(payload: list[Any], command: Callable[[], BoardChange]) -> BoardChange:
    """Carry out what a form asks for, unless it came before; call it inside `writing()`."""
    key = request.form.get("key", "")
    answer = idempotency.once(current_actor(), key, payload, lambda: _plain(command()))
    return BoardChange(
        **{**answer, "modules": tuple(answer["modules"]), "mode": Mode(answer["mode"])}
    )


def _plain(change: BoardChange) -> dict[str, Any]:
    return {**asdict(change), "message": str(change.message)}
