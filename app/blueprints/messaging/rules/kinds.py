"""The one table of what people can be told. To add a kind, write it into one of the two lists."""

from app.blueprints.messaging.rules.kind import Kind
from app.blueprints.messaging.rules.learner_kinds import LEARNER_KINDS
from app.blueprints.messaging.rules.teacher_kinds import TEACHER_KINDS

KINDS: dict[str, Kind] = {kind.name: kind for kind in (*LEARNER_KINDS, *TEACHER_KINDS)}
