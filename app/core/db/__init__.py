"""The database: base model, column types, read-only sessions and write transactions."""

from app.core.db.base import Base as Base
from app.core.db.base import Model as Model
from app.core.db.base import SoftDelete as SoftDelete
from app.core.db.base import Timestamps as Timestamps
from app.core.db.base import db as db
from app.core.db.base import table_of as table_of
from app.core.db.reading import parts_of as parts_of
from app.core.db.reading import read as read
from app.core.db.transactions import after_commit as after_commit
from app.core.db.transactions import writing as writing
from app.core.db.transactions import writing_aside as writing_aside
from app.core.db.types import BigId as BigId
from app.core.db.types import UtcDateTime as UtcDateTime
from app.core.db.types import enum_type as enum_type
