"""Forms of the board that add: sent twice, they add once."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from app.blueprints.builder.models import Mode
from app.blueprints.builder.services import BoardChange
from app.core.sent import once


def added_once(payload: list[Any], command: Callable[[], BoardChange]) -> BoardChange:
    """Carry out what a form asks for, unless it came before; call it inside `writing()`."""
    answer = once(payload, lambda: _plain(command()))
    return BoardChange(
        **{**answer, "modules": tuple(answer["modules"]), "mode": Mode(answer["mode"])}
    )


def _plain(change: BoardChange) -> dict[str, Any]:
    return {**asdict(change), "message": str(change.message)}
