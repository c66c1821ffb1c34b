"""Reads of the back office, over all domains."""

from app.blueprints.backoffice.queries.courses import CourseRow as CourseRow
from app.blueprints.backoffice.queries.courses import count_courses as count_courses
from app.blueprints.backoffice.queries.courses import list_courses as list_courses
from app.blueprints.backoffice.queries.overview import Numbers as Numbers
from app.blueprints.backoffice.queries.overview import numbers as numbers
from app.blueprints.backoffice.queries.people import PersonRow as PersonRow
from app.blueprints.backoffice.queries.people import list_people as list_people
from app.blueprints.backoffice.queries.trail import list_acts as list_acts
