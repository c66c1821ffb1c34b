"""The blueprint that the routes of courses hang on."""

from flask import Blueprint

from app.blueprints.courses.rules.cards import level_name, sort_name

bp = Blueprint("courses", __name__)
bp.add_app_template_global(level_name)
bp.add_app_template_global(sort_name)
