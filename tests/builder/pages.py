"""How tests call the builder's addresses."""

from app.blueprints.accounts.models import User
from app.blueprints.builder.queries import board, lesson_editor_of
from app.blueprints.courses.models import (
    Course,
    CourseInstructor,
    CourseRole,
    CourseVersion,
    Lesson,
)
from app.blueprints.courses.queries import get_course
from app.core.db import db
from tests.factories import saving


def base(course: Course) -> str:
    """What the addresses of the builder of `course` begin with."""
    return f"/teaching/{course.slug}"


def version_of(course: Course) -> CourseVersion:
    """The version that the board shows, as the database has it."""
    return board(get_course(course.id)).version


def card_of(course: Course, key: str) -> Lesson:
    """The lesson of that key on the board."""
    return lesson_editor_of(version_of(course), key).lesson


def give_role(course: Course, user: User, role: CourseRole) -> User:
    """Let `user` work in `course`."""
    with saving():
        db.session.add(CourseInstructor(course_id=course.id, user_id=user.id, role=role))
    return user
