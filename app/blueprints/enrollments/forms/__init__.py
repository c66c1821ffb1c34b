"""What people fill in about places in courses."""

from app.blueprints.enrollments.forms.places import PlaceForm as PlaceForm
from app.blueprints.enrollments.forms.seats import CapacityForm as CapacityForm
