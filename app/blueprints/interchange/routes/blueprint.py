"""The blueprint that the routes of imports and exports hang on."""

from flask import Blueprint

bp = Blueprint("interchange", __name__)
