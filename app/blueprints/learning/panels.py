"""What this domain shows on the pages of lower floors, and its place in the navigation."""

from collections.abc import Collection

from sqlalchemy import ColumnElement

from app.blueprints.builder.queries import PublicationChoice, PublicationPreview
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning import queries
from app.core.actor import Actor
from app.core.errors import Text
from app.core.guards import is_signed_in
from app.core.i18n import lazy_gettext as _l
from app.core.partials import partial
from app.core.registries import nav, panels

nav.add(_l("My learning"), "/learning", order=20, visible=is_signed_in)


@panels.fill("enrollments.member_card")
def member_card(course: Course, enrollment: Enrollment) -> str:
    """Show a member how far they are, with the way on."""
    percent = queries.percent_by_enrollment([enrollment.id])[enrollment.id]
    return partial(
        "learning/_member_card.html",
        course=course,
        enrollment=enrollment,
        percent=percent,
        serial=queries.find_serial(enrollment.id),
        news=queries.news_of(queries.learner_of(enrollment, course), course.id),
    )


@panels.fill("courses.card_progress")
def card_progress(actor: Actor, course_ids: Collection[int]) -> dict[int, int]:
    """Return how far `actor` is in those of the courses that they are in."""
    return queries.percent_by_course(actor.id, course_ids)


@panels.fill("enrollments.percents")
def roster_percents(enrollment_ids: Collection[int]) -> dict[int, int]:
    """Return how far each of these enrolments is."""
    return queries.percent_by_enrollment(enrollment_ids)


@panels.fill("enrollments.percent")
def roster_percent() -> ColumnElement[int]:
    """Return how far an enrolment is, as something that a roster can be ordered by."""
    return queries.stored_percent()


@panels.fill("enrollments.person")
def person_progress(enrollment: Enrollment) -> str:
    """Show those who teach which lessons somebody has done, and when."""
    return partial("learning/_person.html", lessons=queries.lessons_done(enrollment))


@panels.fill("teaching.course_numbers")
def course_numbers(course_ids: Collection[int]) -> dict[int, list[tuple[Text, str]]]:
    """Return, for each course with learners, how far they are on average."""
    averages = queries.average_percent(course_ids)
    return {one: [(_l("Average progress"), f"{percent}%")] for one, percent in averages.items()}


@panels.fill("builder.consequences")
def consequences(
    course: Course, preview: PublicationPreview, choice: PublicationChoice
) -> str | None:
    """Show an author what publishing would mean for those who learn, if anybody does."""
    if preview.difference is None or not preview.has_changes:
        return None
    found = queries.consequences(course.id, preview.version.id, redo=choice.redo)
    if not found.learners:
        return None
    return partial("learning/_consequences.html", found=found, everyone=choice.everyone)


@panels.fill("builder.finished")
def finished(course: Course, keys: Collection[str]) -> dict[str, int]:
    """Return how many learners have done each of these lessons."""
    return queries.count_finished(course.id, keys)
