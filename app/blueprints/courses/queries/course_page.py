"""One course as it shows to those who think of taking it: its version and its outline."""

import re
from dataclasses import dataclass

from app.blueprints.courses.models import Course, CourseRole, CourseVersion
from app.blueprints.courses.queries.around import Around, version_with_around
from app.blueprints.courses.queries.outline import published_outline
from app.blueprints.courses.queries.versions import shown_in_builder
from app.blueprints.courses.rules.accessibility import Accessibility
from app.blueprints.courses.rules.difference import Difference
from app.blueprints.courses.rules.outline import Outline
from app.blueprints.courses.rules.pacing import Pacing
from app.blueprints.courses.rules.release import opens_later
from app.core import clock


@dataclass(frozen=True, slots=True)
class CoursePage:
    """The version shown, its outline, and who teaches, owners first."""

    course: Course
    version: CourseVersion
    outline: Outline
    teachers: list[str]
    around: Around

    @property
    def minutes(self) -> int:
        """Return how long the course takes, as its authors say or as its lessons add up to."""
        return self.version.minutes_override or self.outline.minutes

    @property
    def pacing(self) -> Pacing:
        """Return when the parts of the course open."""
        return Pacing.from_json(self.version.pacing)

    @property
    def opens_later(self) -> bool:
        """Tell whether lessons open later than the course's pace says."""
        now = clock.now()
        rules = (one.release for one in self.outline.lessons.values())
        return any(opens_later(dict(release), now) for release in rules if release)

    @property
    def minutes_a_week(self) -> int | None:
        """Return how long a week of the course asks for, where it has weeks."""
        return self.pacing.minutes_a_week(self.minutes, len(self.outline.modules))

    @property
    def news(self) -> Difference | None:
        """Return what the version brought to the lessons, if it brought anything to them."""
        if self.version.difference is None:
            return None
        brought = Difference.from_json(self.version.difference)
        is_news = brought.added or brought.rewritten or brought.retitled or brought.removed
        return brought if is_news else None

    @property
    def accessibility(self) -> Accessibility | None:
        """Return what the version offers to people who cannot see, hear or point."""
        stored = self.version.accessibility
        return Accessibility.from_json(stored) if stored else None

    @property
    def paragraphs(self) -> list[str]:
        """Return the overview, which is plain text, by its empty lines."""
        return [
            part.strip() for part in re.split(r"\n\s*\n", self.version.overview) if part.strip()
        ]


def course_page(course: Course) -> CoursePage:
    """Return what the page of `course` shows in two statements (three before publication)."""
    shown = course.current_version_id or shown_in_builder(course).id
    version, other = version_with_around(shown)
    return CoursePage(course, version, published_outline(version), _teachers_of(course), other)


def _teachers_of(course: Course) -> list[str]:
    """Return the names of the people of `course`, owners first, assistants last."""
    order = list(CourseRole)
    people = sorted(course.people, key=lambda person: (order.index(person.role), person.id))
    return [person.user.display_name for person in people]
