"""Who may read which field, as people have decided it; what is not named here nobody may.

A page that shows a new field to somebody fails the crawl until a line here says that it is meant.
"""

from collections.abc import Iterator

from tests.security.schools import CANARY, School

EVERYBODY = frozenset(
    {
        *("anonymous", "learner", "enrolled", "paused", "withdrawn"),
        *("assistant", "instructor", "owner", "contributor", "approver", "admin"),
    }
)
ADMIN = frozenset({"admin"})
STAFF = ADMIN | {"approver"}
EDITORS = STAFF | {"owner", "instructor"}
TEAM = EDITORS | {"assistant"}
MEMBERS = TEAM | {"enrolled"}
NOBODY: frozenset[str] = frozenset()
TEACHERS = ("owner", "instructor", "assistant")

# Who decides about the people of a course, or helps those who do.
TAUGHT_BY = ADMIN | frozenset(TEACHERS)

# What a course says of itself: of a published one, and of a draft.
PUBLISHED = {
    "courses.title": EVERYBODY,
    "courses.summary": EVERYBODY,
    "course_versions.title": EVERYBODY,
    "course_versions.summary": EVERYBODY,
    "course_versions.overview": EVERYBODY,
    "course_versions.objectives": EVERYBODY,
    "modules.title": EVERYBODY,
    "modules.description": EVERYBODY,
    "lessons.title": EVERYBODY,
    "lesson_bodies.html": MEMBERS,
    "lesson_bodies.blocks": EDITORS,
    "assets.name": MEMBERS,
    "assets.alt": MEMBERS,
}
DRAFT = {
    "courses.title": TEAM,
    "courses.summary": TEAM,
    "course_versions.title": TEAM,
    "course_versions.summary": TEAM,
    "course_versions.overview": TEAM,
    "course_versions.objectives": TEAM,
    "modules.title": TEAM,
    "modules.description": TEAM,
    "lessons.title": TEAM,
    "lesson_drafts.html": EDITORS,
    "lesson_drafts.blocks": EDITORS,
    "lesson_drafts.text": EDITORS,
}
# What is of a course, but not in it.
BESIDE = {
    "courses.product_suite": EVERYBODY,
    "courses.product_concept": EVERYBODY,
    "teaching_invitations.email": ADMIN | {"owner"},
    "course_versions.note": TEAM,
    "review_requests.note": TEAM,
    "review_requests.reason": TEAM,
    "review_comments.text": EDITORS,
    "builder_sessions.lesson": EDITORS,  # where others are at work now
    "builder_sessions.block": EDITORS,
    "publications.refusal": EDITORS,
    "import_jobs.file_name": frozenset({"owner"}),
    "people_lists.file_name": frozenset({"owner"}),
    "course_status_changes.reason": TEAM,
    "cohorts.name": TAUGHT_BY,
    "enrollments.message": TAUGHT_BY,
    "enrollments.reason": TAUGHT_BY,
    "enrollment_changes.reason": TAUGHT_BY,
    "waitlist_entries.reason": TAUGHT_BY,
    "prerequisite_waivers.reason": TAUGHT_BY,
    "invitations.email": TAUGHT_BY,
}
# What of this those read whom it is about: why they stand where they do.
OWN = frozenset({"enrollments.reason", "waitlist_entries.reason"})
# What is for all, of whichever school: a certificate is shown to whoever is given its address.
OPEN = {
    "categories.name": EVERYBODY,
    "tags.name": EVERYBODY,
    "subjects.name": EVERYBODY,
    "certificates.learner_name": EVERYBODY,
    "certificates.course_title": EVERYBODY,
    "certificates.revoked_reason": EVERYBODY,
}
LECTERNS_OWN = {
    "tiers.name": ADMIN,
    "audit_events.actor_name": ADMIN,
    "audit_events.detail": ADMIN,
    "audit_events.address": ADMIN,
    "outbox_entries.last_error": ADMIN,
    "mails.reason": ADMIN,
}
# Of the other school, whose courses are not listed, only those know who look after everything.
ABOVE_ALL = STAFF


def readers(school: School, table: str, column: str, row: int) -> frozenset[str]:
    """The roles of `school` that may read this field of a row of it."""
    name = f"{table}.{column}"
    if table in ("users", "user_sessions"):
        return _readers_of_a_person(school, table, column, row)
    own = frozenset({school.owner_of(table, row)}) if name in OWN else NOBODY
    for group in (BESIDE, LECTERNS_OWN, OPEN):
        if name in group:
            return group[name] | own
    is_draft = row in school.draft_ids.get(table, ())
    return (DRAFT if is_draft else PUBLISHED).get(name, NOBODY)


def _readers_of_a_person(school: School, table: str, column: str, row: int) -> frozenset[str]:
    """Names are told where people teach and to those who teach them; addresses to the latter."""
    whose = school.owner_of(table, row)
    own = ADMIN | ({whose} if whose else frozenset())
    if table == "user_sessions":
        return own
    learns = whose in ("enrolled", "paused", "withdrawn", "learner")  # the last one waits
    if column == "email":
        return own | (TEAM if learns else NOBODY)
    if whose in TEACHERS:
        return EVERYBODY
    return own | (TEAM if learns else STAFF if whose in STAFF else NOBODY)


def overexposed(role: str, text: str, own: School, other: School) -> Iterator[str]:
    """The canaries in `text` that this role of the first school may not read."""
    for match in {found[0]: found for found in CANARY.finditer(text)}.values():
        table, column, row = match[1], match[2], int(match[3])
        if row in own.ids.get(table, ()):
            allowed = readers(own, table, column, row)
        else:
            allowed = readers(other, table, column, row) & ABOVE_ALL
            allowed |= OPEN.get(f"{table}.{column}", NOBODY)
        if role not in allowed:
            yield match[0]
