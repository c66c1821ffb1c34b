"""Courses over HTTP: catalogue, course page, the files that lessons show, and the settings."""

from app.blueprints.courses.routes import assets as assets
from app.blueprints.courses.routes import catalogue as catalogue
from app.blueprints.courses.routes import course as course
from app.blueprints.courses.routes import invitations as invitations
from app.blueprints.courses.routes import library as library
from app.blueprints.courses.routes import media as media
from app.blueprints.courses.routes import settings as settings
from app.blueprints.courses.routes.blueprint import bp as bp
