"""A small school with one of everything that an address can name, and one person of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TypeVar

from sqlalchemy import select

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.builder.models import Publication, ReviewComment, ReviewRequest
from app.blueprints.courses.models import (
    Course,
    CoursePrerequisite,
    CourseRole,
    CourseVersion,
    SeatPool,
    Tag,
    TeachingInvitation,
    TemplateReach,
)
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    EnrollmentStatus,
    Invitation,
    WaitlistEntry,
)
from app.blueprints.interchange.models import ImportJob, PeopleList
from app.blueprints.learning.models import Certificate
from app.blueprints.messaging.models import Mail, MailState, Notification
from app.blueprints.profiles.models import Tier
from app.core import clock
from app.core.db import Model, db
from app.core.outbox.models import OutboxEntry
from app.core.storage import storage
from tests.factories import saving
from tests.factories.accounts import make_user
from tests.factories.courses import make_asset, make_course

STAFF = ("contributor", "approver", "admin")
TEACHERS = ("owner", "instructor", "assistant")
PICTURE = b"a picture"
# A list of people as it is kept: line, address, name, cohort, what is wrong.
PEOPLE = b'[[2, "new@example.org", "", "", ""]]'
LATER = datetime(2100, 1, 1, tzinfo=UTC)
Row = TypeVar("Row", bound=Model)
# "learner" is signed in and has nothing to do with the courses; "enrolled" learns in them.
ROLES = ("anonymous", "learner", "enrolled", "assistant", "instructor", "owner", *STAFF)


@dataclass(frozen=True)
class World:
    """People by role, and what stands for each part of an address."""

    people: Mapping[str, User]
    parts: Mapping[str, str]
    draft_slug: str


def build(name: str = "") -> World:
    """Make the school in the current application's database; a second one needs another `name`."""
    people = {role: make_user(role.title()) for role in ROLES[1:] if role not in STAFF}
    people |= {role: make_user(role.title(), roles=[role]) for role in STAFF}
    template = _make_template(people["contributor"])
    published = _make_course("Published", people, name, published=True)
    draft = _make_course("Draft", people, name, published=False)
    picture = PICTURE + name.encode()
    asset = make_asset(published, picture)
    storage().put(BytesIO(picture), most=len(picture))
    session = _save(UserSession(user_id=people["learner"].id, token_hash=name, expires_at=LATER))
    request = _make_review_request(draft)
    learning = _save(
        Enrollment(
            course_id=published.id,
            user_id=people["enrolled"].id,
            status=EnrollmentStatus.ENROLLED,
            holds_seat=True,
        )
    )
    _save(CoursePrerequisite(course_id=request.course_id, required_id=published.id))
    parts = {
        "slug": published.slug,
        "course_id": str(published.id),
        "lesson": "l1",
        "lessons/key": "l1",
        "compare/key": "l1",
        "modules/key": "m1",
        "block": "block0000001",
        "asset": asset.public_id,
        "user_id": str(people["learner"].id),
        "enrollment_id": str(learning.id),
        "serial": _make_certificate(learning, name).serial,
        "publication_id": str(_make_publication(published).id),
        "request_id": str(request.id),
        "tier_id": str(_save(Tier(name=f"Tier of {published.slug}")).id),
        "comment_id": str(_make_comment(request).id),
        **_make_line(published, people, name),
        "list_id": str(_make_list(published, people).id),
        "required_id": str(published.id),
        "job_id": str(_make_import(published).id),
        "kind": "tags",
        "term_id": str(_save(Tag(name=f"Tag {published.slug}", slug=published.slug)).id),
        "invitation_id": str(_make_invitation(published, name).id),
        "token": "a-token-that-nobody-has",
        "template": template.slug,
        "sequence": "1",
        "number": "1",
        "session_id": str(session.id),
        "notice_id": str((notice := _make_notice(people["learner"], name)).id),
        "mail_id": str(_make_failed_mail(notice).id),
        "mail/name": "a-mail-that-nobody-wrote",
        "entry_id": str(_make_dead_job(published).id),
        "style": "0",
        "styleguide/name": "board",
        "old_build": "x",
        "path": "css/app.css",
    }
    return World(people, parts, draft.slug)


def _make_course(title: str, people: Mapping[str, User], name: str, *, published: bool) -> Course:
    return make_course(
        title,
        owner=people["owner"],
        people=[(people[role], CourseRole(role)) for role in TEACHERS[1:]],
        published=published,
        modules=2,
        text=f"Read this{name}.",
        taken=int(published),
    )


def _make_certificate(learning: Enrollment, name: str) -> Certificate:
    return _save(
        Certificate(
            enrollment_id=learning.id,
            course_id=learning.course_id,
            serial=f"LC-0001{name}",
            learner_name="Enrolled",
            course_title="Published",
            version_number=1,
        )
    )


def _make_publication(course: Course) -> Publication:
    assert course.current_version_id is not None
    return _save(
        Publication(
            course_id=course.id,
            version_id=course.current_version_id,
            expected_revision=0,
            requested_by_id=course.people[0].user_id,
        )
    )


def _make_import(course: Course) -> ImportJob:
    return _save(
        ImportJob(
            requested_by_id=course.people[0].user_id,
            course_id=course.id,
            is_new=False,
            file_name="bread.zip",
            digest="0" * 64,
        )
    )


def _make_template(owner: User) -> Course:
    return make_course(
        "Pattern", owner=owner, published=False, lessons=0, template=TemplateReach.MINE
    )


def _make_dead_job(course: Course) -> OutboxEntry:
    now = clock.now()
    return _save(
        OutboxEntry(
            event_id=f"event{course.id}",
            event_name="Nothing",
            handler="nothing",
            payload={},
            queue="default",
            due_at=now,
            dead_at=now,
            created_at=now,
        )
    )


def _make_review_request(course: Course) -> ReviewRequest:
    working = select(CourseVersion).filter_by(course_id=course.id, number=None)
    version = db.session.execute(working).scalar_one()
    return _save(
        ReviewRequest(
            course_id=course.id,
            version_id=version.id,
            revision=version.revision,
            submitted_by_id=course.people[0].user_id,
        )
    )


def _make_invitation(course: Course, name: str) -> TeachingInvitation:
    return _save(
        TeachingInvitation(
            course_id=course.id,
            email="guest@example.org",
            role=CourseRole.ASSISTANT,
            token_hash=f"x{name}",
            invited_by_id=course.people[0].user_id,
            expires_at=LATER,
        )
    )


def _make_notice(person: User, name: str) -> Notification:
    about = {"course": "Published"}
    return _save(Notification(user_id=person.id, kind="let_in", about=about, key=f"x{name}"))


def _make_failed_mail(notice: Notification) -> Mail:
    return _save(Mail(notification_id=notice.id, message_id="<1@x>", state=MailState.FAILED))


def _make_list(course: Course, people: Mapping[str, User]) -> PeopleList:
    """Two brought the same list, so that what is kept of it outlives the one that is dropped."""
    digest, _size = storage().put(BytesIO(PEOPLE), most=len(PEOPLE))
    made = [
        PeopleList(
            course_id=course.id, requested_by_id=person.id, file_name="people.csv", digest=digest
        )
        for person in (people["instructor"], people["owner"])
    ]
    return [_save(one) for one in made][-1]


def _make_line(course: Course, people: Mapping[str, User], name: str) -> dict[str, str]:
    """Somebody waits for a full group, another is empty, and an address is asked to come."""
    empty, full = (
        _save(Cohort(course_id=course.id, name=word, seats=seats, is_closed=True))
        for word, seats in (("Spring", SeatPool(taken=0)), ("Full", SeatPool(capacity=1, taken=1)))
    )
    waiting = WaitlistEntry(
        course_id=course.id, user_id=people["learner"].id, cohort_id=full.id, ticket=1
    )
    asked = Invitation(
        course_id=course.id,
        email="guest@example.org",
        seed=f"s{name}",
        token_hash=f"y{name}",
        invited_by_id=people["owner"].id,
        expires_at=LATER,
    )
    return {
        "cohort_id": str(empty.id),
        "waitlist/entry_id": str(_save(waiting).id),
        "asked_id": str(_save(asked).id),
    }


def _make_comment(request: ReviewRequest) -> ReviewComment:
    return _save(
        ReviewComment(request_id=request.id, author_id=request.submitted_by_id, text="Which sand?")
    )


def _save(row: Row) -> Row:
    with saving():
        db.session.add(row)
        db.session.flush()
    return row
