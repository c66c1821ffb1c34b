"""What people rightly send: a value for each field that some address reads.

A write is sent with the fields that it reads, so that nothing but the guards stands in its way.
Whoever adds a field adds a value here; the walk says so where one is missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from flask import Flask

from app.blueprints.enrollments.rules.arrivals import Arrival, Listed, fingerprint
from app.core.inputs import Fields
from tests.factories.accounts import PASSWORD
from tests.security.schools import School, canary

SELECTIONS = (
    "DELETE /teaching/<slug>/selection",
    "PATCH  /teaching/<slug>/selection",
    "POST   /teaching/<slug>/selection/copies",
    "POST   /teaching/<slug>/selection/move",
    "POST   /teaching/<slug>/selection/place",
)
# They save by itself each field that is sent, if it says what it said when its form began.
FIELD_BY_FIELD = (
    "PATCH  /teaching/<slug>/basics",
    "PATCH  /teaching/<slug>/lessons/<key>/settings",
)
# One pixel.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def picture() -> tuple[BytesIO, str]:
    """A small picture as a browser sends a file; made anew for each request."""
    return BytesIO(PICTURE), "picture.png"


def people() -> tuple[BytesIO, str]:
    """A small list of people as a browser sends it; made anew for each request."""
    return BytesIO(b"email\nnew@example.org\n"), "people.csv"


def fields(school: School) -> dict[str, Any]:
    """Every field with a value that fits the rows of this school."""
    parts = school.parts
    module, lesson, block = (parts[name] for name in ("modules/key", "lessons/key", "block"))
    before = module.removesuffix("m1") + "l"
    return {
        "title": "A title",
        "summary": "A summary",
        "overview": "An overview",
        "objectives": "Read\nWrite",
        "description": "A description",
        "difficulty": "beginner",
        "language": "en",
        "subject_id": "",
        "gives_certificate": "y",
        "kind": "code",
        "minutes": "7",
        "is_required": "0",
        "module": module,
        "type": "text",
        "base": parts["base"],
        f"html-{block}": "<p>Text</p>",
        "order": f"{module}: {before}2 {before}1\n{module[:-1]}2: {before}3 {before}4",
        "board_revision": parts["board_revision"],
        "revision": parts["revision"],
        "note": "A note",
        "reason": "A reason",
        "text": "A comment",
        "audience": "everyone",
        "redo": lesson,
        "version_number": "1",
        "capacity": "30",
        "email": "new@example.org",
        "display_name": "New Name",
        "password": "a quiet place to sit",
        "current_password": PASSWORD,
        "new_password": "a quiet place to sit",
        "theme": "dark",
        "contributor": "y",
        "tier": "1",
        "next": "/courses",
        "key": "a-key",
        "file": picture,
        "after": "",
        "slug": "a-new-address",
        "sure": "y",
        "required": parts["slug"],
        "step": "2",
        "lesson": lesson,
        "block": block,
        "enrollment_type": "approval",
        "price": "12",
        "currency": "EUR",
        "has_waitlist": "y",
        "offer_hours": "24",
        "enrolment_opens_at": "2026-01-01T00:00",
        "enrolment_closes_at": "",
        "completion_frees_seat": "y",
        "tags": "one, two",
        "product_suite": "A suite",
        "product_concept": "A concept",
        "visibility": "listed",
        "role": "assistant",
        "ticked": "1",
        "becomes": "2",
        "reach": "everyone",
        "name": "A name",
        "can_self_publish": "y",
        "is_default": "y",
        "completion": "manual",
        "release": "at_once",
        "mode": "self_paced",
        "starts_on": "",
        "every_days": "7",
        "number": "1",
        "most_courses": "5",
        "most_courses_a_day": "5",
        "most_bytes": "100",
        "most_file_bytes": "10",
        "template": "",
        "until": "1000000",
        "topics": "offers",
        "show": "",
        "agreed": fingerprint([Listed("new@example.org")], [Arrival.INVITE]),
        "decision": "withdraw",
        "id": parts["enrollment_id"],
        "every": "",
        "status": "",
        "cohort": "",
        "sort": "",
        "page": "",
        "q": "",
        "cohort_id": parts["cohort_id"],
        "place": "1",
        "out-reason": "A reason",
        "emails": "new@example.org",
        "days": "14",
        "link-uses": "30",
        "link-days": "14",
        "link-cohort_id": parts["cohort_id"],
        "cohort-name": "A cohort",
        "cohort-capacity": "10",
        "cohort-starts_on": "",
        "cohort-instructor_id": "",
        "cohort-is_closed": "y",
    }


def everything(name: str, school: School) -> dict[str, Any]:
    """Every field as it is rightly sent to the address `name`."""
    alone = special(name, school)
    return alone if name in FIELD_BY_FIELD else {**fields(school), **alone}


def special(name: str, school: School) -> dict[str, Any]:
    """What is sent otherwise to the address `name`, where the same field means something else."""
    known = f"{canary('users', 'email', int(school.parts['user_id']))}@example.org"
    sent: dict[str, dict[str, Any]] = {
        "POST   /login": {"email": known, "password": PASSWORD},
        "PATCH  /teaching/<slug>/lessons/<key>": {"revision": "1"},
        "PATCH  /teaching/<slug>/modules/<key>": {"revision": "1"},
        "POST   /teaching/<slug>/lessons/<key>/blocks": {"block": "", "copy_of": ""},
        # Its view takes the form as a whole, and so does not ask for this by name.
        "POST   /teaching/<slug>/lessons/<key>/blocks/<block>/file": {
            f"html-{school.parts['block']}": "<p>Text</p>"
        },
        **{one: {"key": school.parts["lessons/key"]} for one in SELECTIONS},
        "POST   /teaching/<slug>/people/lists": {"file": people},
        "POST   /teaching/<slug>/people/waivers": {"email": known},
        "POST   /teaching/<slug>/basics": {"base": school.parts["basics_base"]},
        FIELD_BY_FIELD[0]: {"title": "A title", "was-title": school.parts["title"]},
        FIELD_BY_FIELD[1]: {"is_required": "0", "was-is_required": "1"},
    }
    return sent.get(name, {})


@contextmanager
def watching(app: Flask) -> Iterator[set[str]]:
    """Collect the names of the fields that requests of the block read."""
    asked: set[str] = set()

    class Watched(Fields):
        def get(self, key: Any, *more: Any, **named: Any) -> Any:
            asked.add(str(key))
            return super().get(key, *more, **named)

        def getlist(self, key: Any, *more: Any, **named: Any) -> Any:
            asked.add(str(key))
            return super().getlist(key, *more, **named)

        def __getitem__(self, key: Any) -> Any:
            asked.add(str(key))
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            asked.add(str(key))
            return super().__contains__(key)

    plain = app.request_class
    app.request_class = type("Request", (plain,), {"parameter_storage_class": Watched})
    try:
        yield asked
    finally:
        app.request_class = plain
