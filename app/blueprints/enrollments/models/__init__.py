"""Tables of who is in a course, who waits for a seat, and who is asked to come."""

from app.blueprints.enrollments.models.cohorts import Cohort as Cohort
from app.blueprints.enrollments.models.enrollments import Enrollment as Enrollment
from app.blueprints.enrollments.models.enrollments import EnrollmentChange as EnrollmentChange
from app.blueprints.enrollments.models.enrollments import PrerequisiteWaiver as PrerequisiteWaiver
from app.blueprints.enrollments.models.invitations import Invitation as Invitation
from app.blueprints.enrollments.models.kinds import EnrollmentStatus as EnrollmentStatus
from app.blueprints.enrollments.models.kinds import WaitlistState as WaitlistState
from app.blueprints.enrollments.models.waitlist import WaitlistEntry as WaitlistEntry
