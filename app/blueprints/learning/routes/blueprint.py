"""The blueprint that the learner's pages hang on."""

from flask import Blueprint

bp = Blueprint("learning", __name__)
