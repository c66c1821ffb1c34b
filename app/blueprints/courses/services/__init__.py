"""Writes to courses: making, copying and publishing versions, status, deletion, assets."""

from app.blueprints.courses.services.address import change_address as change_address
from app.blueprints.courses.services.admission import Admission as Admission
from app.blueprints.courses.services.admission import set_admission as set_admission
from app.blueprints.courses.services.assets import create_asset as create_asset
from app.blueprints.courses.services.assets import delete_asset as delete_asset
from app.blueprints.courses.services.assets import refuse_foreign_assets as refuse_foreign_assets
from app.blueprints.courses.services.copying import copy_course as copy_course
from app.blueprints.courses.services.creation import create_course as create_course
from app.blueprints.courses.services.deletion import delete_course as delete_course
from app.blueprints.courses.services.deletion import restore_course as restore_course
from app.blueprints.courses.services.invitations import accept_invitation as accept_invitation
from app.blueprints.courses.services.invitations import decline_invitation as decline_invitation
from app.blueprints.courses.services.invitations import invite as invite
from app.blueprints.courses.services.invitations import revoke_invitation as revoke_invitation
from app.blueprints.courses.services.life import archive_course as archive_course
from app.blueprints.courses.services.life import bring_back_course as bring_back_course
from app.blueprints.courses.services.placing import Placing as Placing
from app.blueprints.courses.services.placing import place_course as place_course
from app.blueprints.courses.services.prerequisites import add_prerequisite as add_prerequisite
from app.blueprints.courses.services.prerequisites import (
    remove_prerequisite as remove_prerequisite,
)
from app.blueprints.courses.services.publishing import publish_copy as publish_copy
from app.blueprints.courses.services.publishing import publish_version as publish_version
from app.blueprints.courses.services.status import change_status as change_status
from app.blueprints.courses.services.status import take_to_published as take_to_published
from app.blueprints.courses.services.sweeping import sweep_arrivals as sweep_arrivals
from app.blueprints.courses.services.sweeping import sweep_assets as sweep_assets
from app.blueprints.courses.services.sweeping import sweep_bodies as sweep_bodies
from app.blueprints.courses.services.sweeping import sweep_files as sweep_files
from app.blueprints.courses.services.team import remove_from_team as remove_from_team
from app.blueprints.courses.services.team import set_course_role as set_course_role
from app.blueprints.courses.services.terms import add_term as add_term
from app.blueprints.courses.services.terms import delete_term as delete_term
from app.blueprints.courses.services.terms import ensure_subject as ensure_subject
from app.blueprints.courses.services.terms import rename_term as rename_term
from app.blueprints.courses.services.versions import copy_version as copy_version
from app.blueprints.courses.services.versions import (
    ensure_working_version as ensure_working_version,
)
