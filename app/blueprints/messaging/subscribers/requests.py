"""What those are told who decide about requests: one notice a course and day, with the number."""

from app.blueprints.courses.queries import find_course_by_id
from app.blueprints.enrollments.events import Requested
from app.blueprints.messaging import queries, services
from app.blueprints.messaging.services import News
from app.core import clock
from app.core.events import on


@on(Requested)
def tell_who_decides(event: Requested) -> None:
    """Tell those who decide how many wait; the mail of a day is its first one."""
    course = find_course_by_id(event.course_id)
    waiting = queries.count_requests(event.course_id)
    if course is None or not waiting:
        return
    key = f"requests:{course.id}:{clock.db_now().date().isoformat()}"
    about = {"course": course.title, "count": waiting}
    news = News("requests", key, course.id, about, renews=True)
    services.tell(news, queries.team_of(course.id))
