"""What is taken as a file: its type told from its bytes, its name made harmless, images redrawn."""

from app.core.files.errors import NotAllowed as NotAllowed
from app.core.files.names import tidy_name as tidy_name
from app.core.files.sniff import detect as detect
from app.core.files.types import ALLOWED as ALLOWED
from app.core.files.types import FileKind as FileKind
from app.core.files.types import FileType as FileType
