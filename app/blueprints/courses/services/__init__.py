"""Writes to courses: making, copying and publishing versions, status, deletion, assets."""

from app.blueprints.courses.services.assets import create_asset as create_asset
from app.blueprints.courses.services.creation import create_course as create_course
from app.blueprints.courses.services.deletion import delete_course as delete_course
from app.blueprints.courses.services.deletion import restore_course as restore_course
from app.blueprints.courses.services.publishing import publish_copy as publish_copy
from app.blueprints.courses.services.publishing import publish_version as publish_version
from app.blueprints.courses.services.status import change_status as change_status
from app.blueprints.courses.services.status import take_to_published as take_to_published
from app.blueprints.courses.services.subjects import ensure_subject as ensure_subject
from app.blueprints.courses.services.sweeping import sweep_bodies as sweep_bodies
from app.blueprints.courses.services.versions import copy_version as copy_version
from app.blueprints.courses.services.versions import (
    ensure_working_version as ensure_working_version,
)
