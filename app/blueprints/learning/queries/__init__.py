"""Reads of what learners have done; each in a fixed number of statements."""

from app.blueprints.learning.queries.certificates import find_serial as find_serial
from app.blueprints.learning.queries.certificates import get_certificate as get_certificate
from app.blueprints.learning.queries.consequences import Consequences as Consequences
from app.blueprints.learning.queries.consequences import consequences as consequences
from app.blueprints.learning.queries.consequences import count_finished as count_finished
from app.blueprints.learning.queries.dashboard import average_percent as average_percent
from app.blueprints.learning.queries.dashboard import courses_of as courses_of
from app.blueprints.learning.queries.dashboard import next_title as next_title
from app.blueprints.learning.queries.dashboard import percent_by_course as percent_by_course
from app.blueprints.learning.queries.dashboard import (
    percent_by_enrollment as percent_by_enrollment,
)
from app.blueprints.learning.queries.learners import Learner as Learner
from app.blueprints.learning.queries.learners import find_learner as find_learner
from app.blueprints.learning.queries.learners import learner_of as learner_of
from app.blueprints.learning.queries.learners import previewer as previewer
from app.blueprints.learning.queries.news import news_of as news_of
from app.blueprints.learning.queries.player import OutlineLesson as OutlineLesson
from app.blueprints.learning.queries.player import Path as Path
from app.blueprints.learning.queries.player import lesson_html as lesson_html
from app.blueprints.learning.queries.player import opened_at as opened_at
from app.blueprints.learning.queries.player import path_of as path_of
from app.blueprints.learning.queries.roster import lessons_done as lessons_done
from app.blueprints.learning.queries.roster import stored_percent as stored_percent
