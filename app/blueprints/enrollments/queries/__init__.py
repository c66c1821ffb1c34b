"""Reads of who is in a course, who waits, and who is asked to come."""

from app.blueprints.enrollments.queries.arrivals import known_people as known_people
from app.blueprints.enrollments.queries.arrivals import room_of as room_of
from app.blueprints.enrollments.queries.asked import list_invitations as list_invitations
from app.blueprints.enrollments.queries.asked import list_waivers as list_waivers
from app.blueprints.enrollments.queries.audit import wrong_pools as wrong_pools
from app.blueprints.enrollments.queries.cohorts import list_cohorts as list_cohorts
from app.blueprints.enrollments.queries.history import history_of as history_of
from app.blueprints.enrollments.queries.invitations import find_invitation as find_invitation
from app.blueprints.enrollments.queries.invitations import (
    find_open_invitation as find_open_invitation,
)
from app.blueprints.enrollments.queries.line import find_entry as find_entry
from app.blueprints.enrollments.queries.line import lapsed_courses as lapsed_courses
from app.blueprints.enrollments.queries.numbers import PeopleCounts as PeopleCounts
from app.blueprints.enrollments.queries.numbers import count_people as count_people
from app.blueprints.enrollments.queries.numbers import list_requests as list_requests
from app.blueprints.enrollments.queries.numbers import requests_to as requests_to
from app.blueprints.enrollments.queries.pending import invitations_of as invitations_of
from app.blueprints.enrollments.queries.pending import places_of as places_of
from app.blueprints.enrollments.queries.pending import requests_of as requests_of
from app.blueprints.enrollments.queries.people import count_by_status as count_by_status
from app.blueprints.enrollments.queries.people import count_by_version as count_by_version
from app.blueprints.enrollments.queries.people import find_enrollment as find_enrollment
from app.blueprints.enrollments.queries.people import is_known as is_known
from app.blueprints.enrollments.queries.people import is_member as is_member
from app.blueprints.enrollments.queries.prerequisites import Required as Required
from app.blueprints.enrollments.queries.prerequisites import prerequisites_for as prerequisites_for
from app.blueprints.enrollments.queries.roster import FIRST as FIRST
from app.blueprints.enrollments.queries.roster import Chosen as Chosen
from app.blueprints.enrollments.queries.roster import RosterPage as RosterPage
from app.blueprints.enrollments.queries.roster import RosterRow as RosterRow
from app.blueprints.enrollments.queries.roster import choose as choose
from app.blueprints.enrollments.queries.roster import get_of_course as get_of_course
from app.blueprints.enrollments.queries.roster import named as named
from app.blueprints.enrollments.queries.roster import roster as roster
from app.blueprints.enrollments.queries.roster import roster_parts as roster_parts
from app.blueprints.enrollments.queries.situation import Situation as Situation
from app.blueprints.enrollments.queries.situation import situation_of as situation_of
from app.blueprints.enrollments.queries.waitlist import get_in_line as get_in_line
from app.blueprints.enrollments.queries.waitlist import list_line as list_line
