"""Reads of courses; each returns what a page needs in a fixed number of statements."""

from app.blueprints.courses.queries.assets import courses_showing as courses_showing
from app.blueprints.courses.queries.assets import files_of as files_of
from app.blueprints.courses.queries.assets import find_arrival as find_arrival
from app.blueprints.courses.queries.assets import find_asset as find_asset
from app.blueprints.courses.queries.assets import shown_to as shown_to
from app.blueprints.courses.queries.catalogue import catalogue as catalogue
from app.blueprints.courses.queries.catalogue import catalogue_in as catalogue_in
from app.blueprints.courses.queries.catalogue import newest_courses as newest_courses
from app.blueprints.courses.queries.course_page import course_page as course_page
from app.blueprints.courses.queries.lookup import course_with as course_with
from app.blueprints.courses.queries.lookup import find_course as find_course
from app.blueprints.courses.queries.lookup import find_course_by_id as find_course_by_id
from app.blueprints.courses.queries.lookup import get_course as get_course
from app.blueprints.courses.queries.lookup import lock_course as lock_course
from app.blueprints.courses.queries.marks import redo_marks as redo_marks
from app.blueprints.courses.queries.order import misplaced as misplaced
from app.blueprints.courses.queries.outline import outline as outline
from app.blueprints.courses.queries.outline import outlines as outlines
from app.blueprints.courses.queries.prerequisites import list_prerequisites as list_prerequisites
from app.blueprints.courses.queries.prerequisites import nameable_courses as nameable_courses
from app.blueprints.courses.queries.prerequisites import required_by_course as required_by_course
from app.blueprints.courses.queries.release import PlacedLesson as PlacedLesson
from app.blueprints.courses.queries.release import placed_lessons as placed_lessons
from app.blueprints.courses.queries.shown_files import files_to_show as files_to_show
from app.blueprints.courses.queries.stamps import catalogue_stamp as catalogue_stamp
from app.blueprints.courses.queries.stamps import catalogue_state as catalogue_state
from app.blueprints.courses.queries.stamps import course_stamp as course_stamp
from app.blueprints.courses.queries.team import find_invitation as find_invitation
from app.blueprints.courses.queries.team import find_open_invitation as find_open_invitation
from app.blueprints.courses.queries.team import invitations_for as invitations_for
from app.blueprints.courses.queries.team import list_invitations as list_invitations
from app.blueprints.courses.queries.team import token_of as token_of
from app.blueprints.courses.queries.terms import list_categories as list_categories
from app.blueprints.courses.queries.terms import list_subjects as list_subjects
from app.blueprints.courses.queries.terms import list_terms as list_terms
from app.blueprints.courses.queries.usage import stored_bytes as stored_bytes
from app.blueprints.courses.queries.versions import find_working_version as find_working_version
from app.blueprints.courses.queries.versions import (
    get_published_version as get_published_version,
)
from app.blueprints.courses.queries.versions import get_version as get_version
from app.blueprints.courses.queries.versions import last_number as last_number
from app.blueprints.courses.queries.versions import shown_and_current as shown_and_current
from app.blueprints.courses.queries.versions import shown_in_builder as shown_in_builder
