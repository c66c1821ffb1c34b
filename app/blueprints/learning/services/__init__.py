"""Writes of what learners have done: lessons, progress, completion, certificates."""

from app.blueprints.learning.services.certificates import issue_certificates as issue_certificates
from app.blueprints.learning.services.certificates import revoke_certificate as revoke_certificate
from app.blueprints.learning.services.lessons import complete_lesson as complete_lesson
from app.blueprints.learning.services.lessons import open_lesson as open_lesson
from app.blueprints.learning.services.lessons import reopen_lesson as reopen_lesson
from app.blueprints.learning.services.progress import recompute_batch as recompute_batch
from app.blueprints.learning.services.progress import recompute_enrollment as recompute_enrollment
from app.blueprints.learning.services.progress import renew_progress as renew_progress
