"""The pages about people and a list brought in, on either database."""

from app.blueprints.courses.models import CoursePrerequisite
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.rules.arrivals import Listed, fingerprint
from app.core.db import db, writing
from tests.enrollments.acts import queue, taken, teacher_of
from tests.factories import saving
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.support import both_databases
from tests.support.client import CheckedClient

PAGES = (
    *("?status=waiting", "?status=offered&sort=-since", "?status=pending"),
    *("", "?q=a&status=enrolled&cohort=0&sort=-progress", "?sort=-seen", "?sort=since"),
    *("/requests", "/waitlist", "/invitations", "/cohorts", "/waivers"),
)


@both_databases
def test_every_page_and_a_list(client: CheckedClient) -> None:
    course, first = make_course("Soil", capacity=2), make_course("First")
    place = make_enrollment(make_user("Ada"), course, message="Please.")
    make_enrollment(make_user("Ben"), course, S.PENDING, ticket=900)
    make_enrollment(make_user("Chi"), course)
    queue(course, 2)
    with saving():
        db.session.add(CoursePrerequisite(course_id=course.id, required_id=first.id))
    known, teacher = make_user("Dov", email="dov@example.org"), teacher_of(course)
    listed = [Listed(one) for one in (known.email, "new@example.org")]
    db.session.rollback()
    shown = services.look_ahead(get_course(course.id), queries.list_cohorts(course.id), listed)
    with writing():
        services.bring_in(
            teacher, course_id=course.id, listed=listed, expected=fingerprint(listed, shown)
        )
    assert taken(course) == 2
    sign_in(client, owner_of(course))
    decision = "/decision?decision=withdraw"
    chosen = (f"{decision}&id={place.id}", f"{decision}&every=1", f"{decision}&every=1&after=1-1")
    for page in (*PAGES, f"/{place.id}", *chosen):
        assert client.get(f"/teaching/{course.slug}/people{page}").status_code == 200, page
    out = client.post(f"/teaching/{course.slug}/people/exports", data={"q": "a"})
    assert "Ada" in out.text
