"""The list of what is looked at before a version is published, each with its words.

What must be fixed keeps a version from being published; what should be fixed is advice.
"""

import enum
from dataclasses import dataclass

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

EMPTY = "empty"


class Severity(enum.StrEnum):
    """Whether something keeps a version from being published."""

    MUST = "must"
    SHOULD = "should"


class Place(enum.StrEnum):
    """Where something is mended."""

    BASICS = "basics"
    BOARD = "board"
    MODULE = "module"
    SETTINGS = "settings"
    LOOK = "look"
    ADMISSION = "admission"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Rule:
    """How much it matters, the sentence of the list, the mark of a card, where to mend it."""

    severity: Severity
    words: Text
    short: Text = ""
    place: Place = Place.BLOCK
    # The field of the basics that it is about.
    field: str = ""


_MUST, _SHOULD = Severity.MUST, Severity.SHOULD
RULES: dict[str, Rule] = {
    # Structure
    "no_module": Rule(_MUST, _l("The course has no module yet."), place=Place.BOARD),
    "no_required_lesson": Rule(
        _MUST,
        _l("No lesson is required, so nothing would complete the course."),
        place=Place.BOARD,
    ),
    "empty_module": Rule(_SHOULD, _l("This module has no lesson."), place=Place.MODULE),
    "same_title": Rule(
        _SHOULD, _l("Two lessons of this module have this title."), place=Place.SETTINGS
    ),
    # Content
    "no_course_title": Rule(
        _MUST, _l("The course has no title."), place=Place.BASICS, field="title"
    ),
    "no_summary": Rule(
        _SHOULD,
        _l("The course has no summary for the catalogue."),
        place=Place.BASICS,
        field="summary",
    ),
    "no_objectives": Rule(
        _SHOULD,
        _l("The course does not say what people will be able to do."),
        place=Place.BASICS,
        field="objectives",
    ),
    "no_title": Rule(_MUST, _l("This lesson has no title."), _l("No title"), place=Place.SETTINGS),
    EMPTY: Rule(_MUST, _l("This lesson says nothing yet."), _l("Empty")),
    "empty_block": Rule(_SHOULD, _l("This block is empty.")),
    "quiz_without_questions": Rule(_MUST, _l("This quiz has no question."), _l("No question")),
    "quiz_without_answer": Rule(
        _MUST, _l("A question of this quiz has no right answer."), _l("No right answer")
    ),
    "question_without_words": Rule(
        _MUST, _l("A question of this quiz has no words yet."), _l("Empty question")
    ),
    "question_without_choice": Rule(
        _MUST,
        _l("A question of this quiz needs at least two answers to choose from."),
        _l("Nothing to choose"),
    ),
    "several_right_answers": Rule(
        _MUST,
        _l("A question of this quiz has several right answers, but takes only one."),
        _l("Several right"),
    ),
    "answer_not_a_number": Rule(
        _MUST,
        _l("A question of this quiz asks for a number, but its answer is none."),
        _l("No number"),
    ),
    "nothing_chosen": Rule(
        _MUST,
        _l("This block shows nothing yet: choose a file or give an address."),
        _l("Unfinished"),
    ),
    "code_without_language": Rule(
        _SHOULD, _l("This code names no language, so it is shown without colours.")
    ),
    # Size
    "long_title": Rule(
        _SHOULD,
        _l("This title is long; lists cut it off. Up to 80 characters are well read."),
        place=Place.SETTINGS,
    ),
    "nearly_full": Rule(
        _SHOULD, _l("This lesson is nearly as long as one may be. Split it into two.")
    ),
    "long_lesson": Rule(
        _SHOULD,
        _l("This lesson takes more than two hours. Shorter ones are finished more often."),
        place=Place.SETTINGS,
    ),
    "odd_minutes": Rule(
        _SHOULD,
        _l("The stated minutes do not fit how much there is to read."),
        place=Place.SETTINGS,
    ),
    # References
    "asset_gone": Rule(_MUST, _l("A picture or file that is shown here is gone."), _l("File gone")),
    "lesson_gone": Rule(
        _MUST,
        _l("A link leads to a lesson that is not in this course any more."),
        _l("Broken link"),
    ),
    "release_gone": Rule(
        _MUST,
        _l("It opens after a lesson or module that is not in this course any more."),
        _l("Opens after nothing"),
        place=Place.SETTINGS,
    ),
    "never_opens": Rule(
        _MUST,
        _l("It never opens: what it waits for waits, in the end, for itself."),
        _l("Never opens"),
        place=Place.SETTINGS,
    ),
    "cover_gone": Rule(_MUST, _l("The picture of the cover is gone."), place=Place.LOOK),
    "prerequisite_gone": Rule(
        _SHOULD,
        _l("A course to take first cannot be taken any more, so it is not shown."),
        place=Place.ADMISSION,
    ),
    "link_into_builder": Rule(
        _MUST,
        _l("A link leads into the builder, where learners cannot follow."),
        _l("Broken link"),
    ),
    # Accessibility
    "image_without_alt": Rule(
        _MUST, _l("An image has no text for those who cannot see it."), _l("No alt text")
    ),
    "untitled_embed": Rule(_MUST, _l("This link, film or file has no title."), _l("No name")),
    "link_without_text": Rule(_MUST, _l("A link has no words."), _l("Empty link")),
    "link_says_little": Rule(
        _SHOULD, _l("A link does not say where it leads, for example “here”.")
    ),
    "heading_skips": Rule(_SHOULD, _l("A heading skips a level, which confuses those who listen.")),
    "empty_heading": Rule(_SHOULD, _l("A heading has no words.")),
    "film_without_captions": Rule(
        _SHOULD, _l("This film has no captions for those who cannot hear it.")
    ),
    "table_without_header": Rule(_SHOULD, _l("A table has no heading cells.")),
    # Pasted colours are taken out when a text is saved; this would tell if one remained.
    "fixed_colour": Rule(
        _MUST, _l("A text has a colour of its own that may not be legible."), _l("Colour")
    ),
}
