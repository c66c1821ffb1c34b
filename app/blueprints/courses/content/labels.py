"""What the kinds of callout and of printed text are called, and which are folded away."""

from app.blueprints.courses.content.blocks import Kind
from app.core.i18n import LazyText
from app.core.i18n import lazy_gettext as _l

CALLOUTS: dict[Kind, LazyText] = {
    "note": _l("Note"),
    "tip": _l("Tip"),
    "warning": _l("Watch out"),
    "objectives": _l("What you will be able to do"),
    "questions": _l("Questions"),
    "keypoints": _l("Key points"),
    "challenge": _l("Challenge"),
    "solution": _l("Solution"),
    "discussion": _l("Discussion"),
    "prerequisite": _l("Before you start"),
    "checklist": _l("Checklist"),
    "testimonial": _l("In their words"),
    "instructor": _l("For instructors"),
    "spoiler": _l("Show more"),
    "tab": _l("Another way"),
}
FOLDED: frozenset[Kind] = frozenset({"solution", "spoiler", "instructor"})
"""Shown closed, as a question is better answered before its solution is read."""

PRINTED_WORDS = {"output": _l("Output"), "error": _l("Error")}
