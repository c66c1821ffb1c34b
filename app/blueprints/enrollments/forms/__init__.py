"""What people fill in about places in courses."""

from app.blueprints.enrollments.forms.people import CohortForm as CohortForm
from app.blueprints.enrollments.forms.people import DecisionForm as DecisionForm
from app.blueprints.enrollments.forms.people import InvitePeopleForm as InvitePeopleForm
from app.blueprints.enrollments.forms.people import LinkForm as LinkForm
from app.blueprints.enrollments.forms.people import ReasonForm as ReasonForm
from app.blueprints.enrollments.forms.people import TurnForm as TurnForm
from app.blueprints.enrollments.forms.people import WaiverForm as WaiverForm
from app.blueprints.enrollments.forms.places import PlaceForm as PlaceForm
from app.blueprints.enrollments.forms.seats import CapacityForm as CapacityForm
