"""What authors fill in, and how the small commands of the board are read."""

from app.blueprints.builder.forms.board import read_after as read_after
from app.blueprints.builder.forms.board import read_order as read_order
from app.blueprints.builder.forms.board import read_place as read_place
from app.blueprints.builder.forms.board import read_revision as read_revision
from app.blueprints.builder.forms.board import read_whereabouts as read_whereabouts
from app.blueprints.builder.forms.course import BasicsForm as BasicsForm
from app.blueprints.builder.forms.course import CopyForm as CopyForm
from app.blueprints.builder.forms.course import CourseForm as CourseForm
from app.blueprints.builder.forms.course import PacingForm as PacingForm
from app.blueprints.builder.forms.lesson import PARTS as PARTS
from app.blueprints.builder.forms.lesson import read_lesson as read_lesson
from app.blueprints.builder.forms.lesson import read_settings as read_settings
from app.blueprints.builder.forms.publication import PublicationForm as PublicationForm
from app.blueprints.builder.forms.publication import SendBackForm as SendBackForm
from app.blueprints.builder.forms.publication import SubmissionForm as SubmissionForm
from app.blueprints.builder.forms.publication import read_audience as read_audience
