"""Reads of courses; each returns what a page needs in a fixed number of statements."""

from app.blueprints.courses.queries.lookup import find_course as find_course
from app.blueprints.courses.queries.lookup import get_course as get_course
from app.blueprints.courses.queries.lookup import lock_course as lock_course
