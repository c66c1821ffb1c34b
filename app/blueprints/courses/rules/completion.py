"""What completes a lesson, as its author chooses it."""

from collections.abc import Mapping

from app.blueprints.courses.models import CompletionRule
from app.core.errors import Invalid, Text
from app.core.i18n import lazy_gettext as _l

LONGEST_SECONDS = 4 * 3600
RULES: dict[CompletionRule, Text] = {
    CompletionRule.MANUAL: _l("When learners mark it"),
    CompletionRule.AUTOMATIC: _l("On reaching its end"),
    CompletionRule.TIMED: _l("After some time on the page"),
}


def read_completion(sent: Mapping[str, str]) -> tuple[CompletionRule, int | None]:
    """Read a rule and its seconds: `completion`, `timed_minutes`, `timed_seconds`.

    Raises `Invalid`.
    """
    try:
        rule = CompletionRule(sent.get("completion", ""))
    except ValueError:
        raise Invalid(_l("Choose what completes the lesson.")) from None
    if rule is not CompletionRule.TIMED:
        return rule, None
    parts = [sent.get(name, "").strip() or "0" for name in ("timed_minutes", "timed_seconds")]
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise _out_of_bounds()
    seconds = 60 * int(parts[0]) + int(parts[1])
    if not 0 < seconds <= LONGEST_SECONDS:
        raise _out_of_bounds()
    return rule, seconds


def _out_of_bounds() -> Invalid:
    words = _l("Give a time between one second and four hours.")
    return Invalid(words, fields={"timed_minutes": words})
