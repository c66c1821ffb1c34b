"""What is done about seats by itself."""

from app.blueprints.enrollments import queries
from app.blueprints.enrollments.events import SeatsToLookAt
from app.core.events import record
from app.core.periodic import every


@every(hours=1 / 60, name="enrollments.sweep_offers")
def sweep_offers() -> None:
    """Have each course looked at in whose line an offer has run out, in a transaction each."""
    for course_id in queries.lapsed_courses():
        record(SeatsToLookAt(course_id))
