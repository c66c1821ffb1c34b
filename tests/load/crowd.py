"""A course with thousands who learn in it, made by the database itself."""

from collections.abc import Sequence

from sqlalchemy import insert, literal, select, text

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, Lesson, Module
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.learning.models import LessonProgress
from app.core import clock
from app.core.db import UtcDateTime, db, writing
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.learning.steps import renew


def make_crowd(learners: int, lessons: int, owner: User | None = None) -> Course:
    """A published course in which everyone has done every lesson but the last one."""
    owner = owner or make_user("Miriam Rao", roles=["contributor", "approver"])
    course = make_course("Busy", owner=owner, modules=10, lessons=lessons // 10)
    with writing():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET LOCAL statement_timeout = 0"))
        db.session.execute(insert(User), [_person(lessons, n) for n in range(learners)])
        people = select(User.id).where(User.email.like(f"crowd{lessons}-%"))
        _enrol(course, db.session.execute(people).scalars().all())
        _do_lessons(course, f"l{lessons}")
    renew(course)
    return course


def _person(lessons: int, number: int) -> dict[str, object]:
    return {
        "email": f"crowd{lessons}-{number}@example.org",
        "display_name": f"Learner {number}",
        "password_hash": "",
    }


def _enrol(course: Course, people: Sequence[int]) -> None:
    rows = [
        {
            "course_id": course.id,
            "user_id": user_id,
            "status": EnrollmentStatus.ENROLLED,
            "holds_seat": True,
            "seen_number": 1,
        }
        for user_id in people
    ]
    db.session.execute(insert(Enrollment), rows)


def _do_lessons(course: Course, but: str) -> None:
    moment = literal(clock.now(), UtcDateTime())
    done = (
        select(Enrollment.id, Lesson.key, literal(1), moment)
        .select_from(Enrollment)
        .join(Lesson, Lesson.version_id == course.current_version_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(Enrollment.course_id == course.id, Lesson.key != but)
    )
    columns = ["enrollment_id", "lesson_key", "version_number", "completed_at"]
    db.session.execute(insert(LessonProgress).from_select(columns, done))
    db.session.execute(text("ANALYZE"))
