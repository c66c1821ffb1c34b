"""What the acts of the trail, and what they were done to, are called.

The domains record codes, which filters and exports name; people read these words.
"""

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

ACTS: dict[str, Text] = {
    "asset.deleted": _l("File deleted"),
    "categories.added": _l("Category added"),
    "categories.deleted": _l("Category deleted"),
    "categories.renamed": _l("Category renamed"),
    "certificate.revoked": _l("Certificate taken back"),
    "cohort.added": _l("Cohort added"),
    "cohort.changed": _l("Cohort changed"),
    "cohort.removed": _l("Cohort removed"),
    "course.address": _l("Address changed"),
    "course.admission": _l("Admission changed"),
    "course.archived": _l("Course archived"),
    "course.capacity": _l("Number of seats changed"),
    "course.copied": _l("Course copied"),
    "course.created": _l("Course begun"),
    "course.declined": _l("Invitation to teach declined"),
    "course.deleted": _l("Course deleted"),
    "course.draft": _l("Course is a draft again"),
    "course.invited": _l("Invited to teach"),
    "course.joined": _l("Invitation to teach accepted"),
    "course.left": _l("Left the team"),
    "course.placed": _l("Place in the catalogue changed"),
    "course.published": _l("Course published"),
    "course.requires": _l("Prerequisite added"),
    "course.requires_no_more": _l("Prerequisite removed"),
    "course.restored": _l("Course brought back"),
    "course.review": _l("Course in review"),
    "course.role": _l("Role in the team changed"),
    "course.template": _l("Template offered or taken back"),
    "course.uninvited": _l("Invitation to teach taken back"),
    "enrollment.held": _l("Places in the course put on hold"),
    "enrollment.invited": _l("Invited to the course"),
    "enrollment.link_made": _l("Link to join made"),
    "enrollment.list_brought_in": _l("List of people brought in"),
    "enrollment.put_in": _l("Put into the course"),
    "enrollment.taken_out": _l("Taken out of the course"),
    "enrollment.uninvited": _l("Invitation to the course taken back"),
    "enrollment.waived": _l("Let in without what should come first"),
    "import.requested": _l("Import asked for"),
    "list.read": _l("List of people read"),
    "mail.again": _l("Mail sent again"),
    "outbox.retried": _l("Job tried again"),
    "password.changed": _l("Password changed"),
    "password.set": _l("Password set"),
    "publication.requested": _l("Publication asked for"),
    "review.approved": _l("Review: approved"),
    "review.sent_back": _l("Review: sent back"),
    "review.stale": _l("Review: overtaken by edits"),
    "review.submitted": _l("Review asked for"),
    "review.withdrawn": _l("Review: withdrawn"),
    "roster.exported": _l("People of the course exported"),
    "session.revoked": _l("Session ended"),
    "subjects.added": _l("Subject added"),
    "subjects.deleted": _l("Subject deleted"),
    "subjects.renamed": _l("Subject renamed"),
    "tags.added": _l("Tag added"),
    "tags.deleted": _l("Tag deleted"),
    "tags.renamed": _l("Tag renamed"),
    "tier.saved": _l("Tier saved"),
    "user.created": _l("Account made"),
    "user.disabled": _l("Account disabled"),
    "user.enabled": _l("Account let in again"),
    "user.logged_out": _l("Logged out everywhere"),
    "user.renamed": _l("Name changed"),
    "user.roles": _l("Roles changed"),
    "user.signed_up": _l("Signed up"),
    "user.tier": _l("Tier of a person changed"),
    "waitlist.removed": _l("Taken off the waitlist"),
    "waitlist.reordered": _l("Waitlist put in another order"),
}
THINGS: dict[str, Text] = {
    "asset": _l("File"),
    "categories": _l("Category"),
    "certificate": _l("Certificate"),
    "cohort": _l("Cohort"),
    "course": _l("Course"),
    "import_job": _l("Import"),
    "mail": _l("Mail"),
    "outbox_entry": _l("Job"),
    "subjects": _l("Subject"),
    "tags": _l("Tag"),
    "tier": _l("Tier"),
    "user": _l("Person"),
}


def act_name(code: str) -> Text:
    """Return what an act is called, or the code of one that is not known here."""
    return ACTS.get(code, code)


def thing_name(code: str) -> Text:
    """Return what a kind of thing is called, or its code where it is not known here."""
    return THINGS.get(code, code)
