"""The blueprint that the pages of notices share."""

from flask import Blueprint

bp = Blueprint("messaging", __name__)
