"""What authoring refuses, with what a person needs to go on."""

from typing import Any

from app.core.errors import Conflict, Invalid, Text
from app.core.i18n import lazy_gettext as _l


class StaleBoard(Conflict):
    """The board has changed so that this command no longer fits it."""

    default = _l("The board has changed in the meantime. It is shown as it is now.")


class StaleRow(Conflict):
    """Somebody renamed or resettled the same lesson or module first."""

    default = _l("Somebody changed this a moment ago. Both are shown; nothing is lost.")


class Overtaken(StaleBoard):
    """What is to be taken back, or done again, has been changed since."""

    default = _l(
        "This has been changed again since, so it cannot be taken back. Nothing was overwritten."
    )


class Unchanged(Exception):
    """A command would leave everything as it is: nothing is recorded, nothing to be undone.

    Raised inside `writing()`, it takes back the working version that was made for the command.
    """


class NoFieldSaved(Unchanged):
    """None of the fields that were sent is to be written; these say why, if there is a why."""

    def __init__(self, others: dict[str, Any], refused: dict[str, Text]) -> None:
        """Keep what others wrote, and what was refused."""
        super().__init__()
        self.others, self.refused = others, refused


class StaleText(Conflict):
    """Somebody rewrote the same block first; `current` and `mine` are both at hand."""

    default = _l("Somebody rewrote this block a moment ago. Both texts are shown.")

    def __init__(self, *, current: dict[str, Any] | None, mine: dict[str, Any]) -> None:
        """Keep both blocks; `current` is None where the block is gone."""
        super().__init__()
        self.current = current
        self.mine = mine


class StaleHistory(Conflict):
    """Another version was published since these consequences were shown."""

    default = _l("Another version has been published since. Look again at what would change.")


class ArchivedCourse(Conflict):
    """Publishing would open it again, which only its owners decide."""

    default = _l("This course is archived. An owner can bring it back under Settings.")


class NotReady(Invalid):
    """The version has things to mend before it can be published."""

    default = _l("A few things need mending before this can be published.")

    def __init__(self, problems: tuple[Any, ...]) -> None:
        """Keep the list of what to mend."""
        super().__init__()
        self.problems = problems
