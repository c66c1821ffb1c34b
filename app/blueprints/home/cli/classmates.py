"""Those whom a demonstration shows beside its four accounts: they learn, wait in line, and ask."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.blueprints.accounts import queries as accounts
from app.blueprints.accounts import services as account_services
from app.blueprints.courses import services as courses
from app.blueprints.courses.models import EnrollmentType
from app.blueprints.enrollments import services as enrollments
from app.blueprints.home.cli.people import PASSWORD
from app.blueprints.home.cli.progress import do_lessons
from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import writing

SEATED = ("Ben Idris", "Chi Lam", "Dara Novak")
LEFT = "Elif Kaya"
WAITING = ("Femi Ade", "Grete Holm", "Hana Mori")
LET_IN = ("Ivo Pereira", "Jonas Berg")
# With what they wrote to those who teach.
ASKING = {
    "Kirsi Laine": "I teach evening classes and would like to put one of them online.",
    "Leo Moreau": "",
}
# So long that whoever looks around in the first weeks still finds the line.
OFFER_HOURS = 30 * 24


def ensure(actors: Mapping[str, Actor], *, full_id: int, asked_id: int) -> None:
    """Let one course be full, with a line, and another be asked for; once, all or nothing."""
    if accounts.find_user_by_email(_email(SEATED[0])):
        return
    password_hash = account_services.hash_password(PASSWORD)
    with writing():
        people = {name: _make(name, password_hash) for name in _everybody()}
        _fill(actors, people, full_id)
        _ask(actors["instructor"], people, asked_id)


def _everybody() -> Sequence[str]:
    return (*SEATED, LEFT, *WAITING, *LET_IN, *ASKING)


def _fill(actors: Mapping[str, Actor], people: Mapping[str, Actor], course_id: int) -> None:
    """Fill the course; the seat that somebody leaves is held for the learner, others wait."""
    teacher = actors["instructor"]
    courses.set_admission(
        teacher, course_id=course_id, admission=courses.Admission(offer_hours=OFFER_HOURS)
    )
    enrollments.set_capacity(teacher, course_id=course_id, capacity=len(SEATED) + 1)
    queue = [*(people[name] for name in WAITING)]
    for actor in [*(people[name] for name in (*SEATED, LEFT)), actors["learner"], *queue]:
        enrollments.enrol(actor, course_id=course_id)
    enrollments.withdraw(people[LEFT], course_id=course_id)
    for done, name in enumerate(SEATED):
        do_lessons(people[name], course_id, done)


def _ask(teacher: Actor, people: Mapping[str, Actor], course_id: int) -> None:
    """Let those who teach decide who takes part; two are in a group already, two ask."""
    admission = courses.Admission(EnrollmentType.APPROVAL)
    courses.set_admission(teacher, course_id=course_id, admission=admission)
    begins = (clock.now() + timedelta(days=30)).date()
    plan = enrollments.CohortPlan("First group", 8, starts_on=begins, instructor_id=teacher.id)
    group = enrollments.add_cohort(teacher, course_id=course_id, plan=plan).id
    enrollments.put_in(
        teacher,
        course_id=course_id,
        user_ids=[people[name].id for name in LET_IN],
        cohort_id=group,
    )
    for name, message in ASKING.items():
        enrollments.request_place(
            people[name], course_id=course_id, message=message, cohort_id=group
        )


def _make(name: str, password_hash: str) -> Actor:
    user = account_services.create_user(
        SYSTEM, email=_email(name), display_name=name, password_hash=password_hash
    )
    return accounts.actor_of(user)


def _email(name: str) -> str:
    return f"{name.split()[0].lower()}@example.org"
