"""What a version offers to people who cannot see, hear or point, computed from its texts.

The names of the features are those of schema.org's `accessibilityFeature`, from
https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20241209/
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

from app.blueprints.courses.rules.outline import Outline
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing offered, in words and by its name in the vocabulary, if it has one."""

    words: Text
    name: str = ""


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Counts over all lessons of a version; stored on it when it is published."""

    lessons: int = 0
    images: int = 0
    described: int = 0
    headings: int = 0
    in_order: bool = True
    films: int = 0
    captioned: int = 0
    links: int = 0
    named: int = 0
    colours: int = 0

    @property
    def features(self) -> list[Feature]:
        """Return what holds for the whole version, without exception."""
        held = (
            (self.lessons > 0, _CONTENTS),
            (self.headings > 0 and self.in_order, _HEADINGS),
            (0 < self.images == self.described, _DESCRIBED),
            (0 < self.films == self.captioned, _CAPTIONS),
            (0 < self.links == self.named, _LINKS),
            (self.colours == 0, _CONTRAST),
        )
        return [feature for holds, feature in held if holds]

    @property
    def gaps(self) -> list[Text]:
        """Return what holds only in part, in words with the numbers."""
        told: list[tuple[bool, Text]] = [
            (
                self.described < self.images,
                _l(
                    "%(some)s of %(all)s pictures are described",
                    some=self.described,
                    all=self.images,
                ),
            ),
            (
                self.captioned < self.films,
                _l("%(some)s of %(all)s films have captions", some=self.captioned, all=self.films),
            ),
        ]
        return [words for is_so, words in told if is_so]

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored on the version."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Accessibility":
        """Build it again from what is stored."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


_CONTENTS = Feature(_l("A table of contents leads to every lesson"), "tableOfContents")
_HEADINGS = Feature(_l("Headings are in order"), "structuralNavigation")
_DESCRIBED = Feature(_l("Every picture is described in words"), "alternativeText")
_CAPTIONS = Feature(_l("Every film has captions"), "captions")
_LINKS = Feature(_l("Links say where they lead"))
_CONTRAST = Feature(
    _l("Text has the contrast of the theme you choose, at any size"), "displayTransformability"
)
_SUMMED = ("images", "described", "headings", "films", "captioned", "links", "named", "colours")


def accessibility_of(outline: Outline) -> Accessibility:
    """Return what a version of this outline, which has the facts of its texts, offers."""
    every = [lesson.facts for lesson in outline.lessons.values() if lesson.facts]
    sums = {name: sum(getattr(one, name) for one in every) for name in _SUMMED}
    return Accessibility(lessons=len(every), in_order=all(one.in_order for one in every), **sums)
