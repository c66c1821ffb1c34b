"""What people send to courses."""

from app.blueprints.courses.forms.catalogue import read_wanted as read_wanted
from app.blueprints.courses.forms.settings import LISTED as LISTED
from app.blueprints.courses.forms.settings import AddressForm as AddressForm
from app.blueprints.courses.forms.settings import AdmissionForm as AdmissionForm
from app.blueprints.courses.forms.settings import ArchiveForm as ArchiveForm
from app.blueprints.courses.forms.settings import DeleteForm as DeleteForm
from app.blueprints.courses.forms.settings import InviteForm as InviteForm
from app.blueprints.courses.forms.settings import PlacingForm as PlacingForm
from app.blueprints.courses.forms.settings import PrerequisiteForm as PrerequisiteForm
from app.blueprints.courses.forms.settings import read_role as read_role
