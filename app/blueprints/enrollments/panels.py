"""What this domain shows on the pages of lower floors."""

from collections.abc import Collection

from flask import url_for

from app.blueprints.courses.models import Course
from app.blueprints.enrollments import queries
from app.blueprints.enrollments.models import EnrollmentStatus
from app.blueprints.enrollments.policies import can_see_people
from app.core.errors import Text
from app.core.guards import current_actor
from app.core.i18n import lazy_gettext as _l
from app.core.partials import partial
from app.core.registries import Place, panels


@panels.fill("courses.enrol_card")
def enrol_card(course: Course) -> str:
    """Show exactly how this person stands in `course`, and what they can do about it."""
    actor = current_actor()
    return partial(
        "enrollments/_enrol_card.html",
        course=course,
        now=queries.situation_of(actor.id if actor.is_authenticated else None, course),
        refusal=None,
        typed="",
        arrives=False,
    )


@panels.fill("teaching.course_numbers")
def course_numbers(course_ids: Collection[int]) -> dict[int, list[tuple[Text, int]]]:
    """Return, for each course, how many learn in it and how many have completed it."""
    counted = queries.count_by_status(course_ids)
    return {
        course_id: [
            (_l("Learning"), numbers.get(EnrollmentStatus.ENROLLED, 0)),
            (_l("Completed"), numbers.get(EnrollmentStatus.COMPLETED, 0)),
        ]
        for course_id, numbers in counted.items()
    }


@panels.fill("builder.version_learners")
def version_learners(course: Course) -> dict[int, int]:
    """Return how many learn in `course`, or have completed it, by the version that they are on."""
    return queries.count_by_version(course)


@panels.fill("course.places")
def people_place(course: Course) -> Place | None:
    """Lead those who teach `course` to the people in it."""
    if not can_see_people(current_actor(), course):
        return None
    return Place(_l("People"), url_for("enrollments.people", slug=course.slug), order=40)


@panels.fill("courses.admission_links")
def seats_link(course: Course) -> tuple[Text, str]:
    """Lead from the settings to where seats are counted and set."""
    return _l("Set the number of seats"), url_for("enrollments.people", slug=course.slug)
