"""The blueprint that the routes about places in courses hang on."""

from flask import Blueprint

bp = Blueprint("enrollments", __name__)
