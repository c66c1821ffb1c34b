"""The school that is measured: a full catalogue, one busy course, and people to be."""

from dataclasses import dataclass

from sqlalchemy import insert

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.core import clock
from app.core.db import db, writing
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.courses import make_course, make_subject
from tests.factories.enrollments import fill_course, make_enrollment
from tests.load.clients import Browser
from tests.support.servers import School

COURSES = 250
LESSONS = 60
LEARNERS = 32
MANY = 10_000
TEXT = "Read what is measured, and measure what is read. " * 60


@dataclass(frozen=True)
class World:
    """Addresses and people of the measured school."""

    slug: str
    open_slug: str
    full_slug: str
    others: list[str]
    lesson_keys: list[str]
    learners: list[str]
    instructor: str
    learner_id: int
    large: str


def build(school: School) -> World:
    """Fill the school's database."""
    with school.app.app_context():
        subjects = [make_subject(name) for name in ("Computing", "Health", "Music", "Languages")]
        owner = make_user("Miriam Rao", roles=["contributor", "approver"])
        others = [
            make_course(f"Course {number}", owner=owner, subject=subjects[number % 4]).slug
            for number in range(COURSES)
        ]
        course = make_course(
            "Programming with Python", owner=owner, modules=6, lessons=LESSONS // 6, text=TEXT
        )
        learners = [make_user(f"Learner {number}") for number in range(LEARNERS)]
        _enrol(course, learners)
        large = make_course("A large course", owner=owner)
        fill_course(large, MANY)
        return World(
            slug=course.slug,
            open_slug=make_course("Open", owner=owner).slug,
            full_slug=_full(owner).slug,
            others=others,
            lesson_keys=[f"l{number}" for number in range(1, LESSONS + 1)],
            learners=[learner.email for learner in learners],
            instructor=owner.email,
            learner_id=learners[0].id,
            large=large.slug,
        )


def _full(owner: User) -> Course:
    course = make_course("Full", owner=owner, capacity=1)
    make_enrollment(make_user("Seated"), course)
    return course


def _enrol(course: Course, learners: list[User]) -> None:
    now = clock.now()
    rows = [
        {
            "course_id": course.id,
            "user_id": learner.id,
            "status": EnrollmentStatus.ENROLLED,
            "holds_seat": True,
            "enrolled_at": now,
        }
        for learner in learners
    ]
    with writing():
        db.session.execute(insert(Enrollment), rows)


def enter(school: School, email: str) -> Browser:
    """A browser in which the person of this address is logged in."""
    browser = Browser(school.url)
    answer = browser.log_in(email, PASSWORD)
    assert answer.status in (200, 303), answer.text[:500]
    return browser
