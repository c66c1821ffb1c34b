"""The blueprint that the routes of courses hang on."""

from flask import Blueprint

bp = Blueprint("courses", __name__)
