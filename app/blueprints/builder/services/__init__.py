"""Writes of authoring: one function per use case, each inside the caller's `writing()`."""

from app.blueprints.builder.services.basics import BASICS as BASICS
from app.blueprints.builder.services.basics import basics_base as basics_base
from app.blueprints.builder.services.basics import edit_basics as edit_basics
from app.blueprints.builder.services.basics import save_basics as save_basics
from app.blueprints.builder.services.bringing_back import (
    bring_lesson_back as bring_lesson_back,
)
from app.blueprints.builder.services.bringing_back import (
    bring_module_back as bring_module_back,
)
from app.blueprints.builder.services.comments import comment as comment
from app.blueprints.builder.services.comments import reply as reply
from app.blueprints.builder.services.comments import resolve as resolve
from app.blueprints.builder.services.copies import begin_from_template as begin_from_template
from app.blueprints.builder.services.copies import clone_course as clone_course
from app.blueprints.builder.services.copies import save_as_template as save_as_template
from app.blueprints.builder.services.copies import set_template_reach as set_template_reach
from app.blueprints.builder.services.courses import create_course as create_course
from app.blueprints.builder.services.duplicates import duplicate_lessons as duplicate_lessons
from app.blueprints.builder.services.duplicates import duplicate_module as duplicate_module
from app.blueprints.builder.services.duplicates import prepare_copies as prepare_copies
from app.blueprints.builder.services.frame import BoardChange as BoardChange
from app.blueprints.builder.services.lessons import add_lesson as add_lesson
from app.blueprints.builder.services.lessons import edit_lesson as edit_lesson
from app.blueprints.builder.services.lessons import require_lessons as require_lessons
from app.blueprints.builder.services.look import remove_cover as remove_cover
from app.blueprints.builder.services.look import set_cover as set_cover
from app.blueprints.builder.services.look import set_pacing as set_pacing
from app.blueprints.builder.services.modules import add_module as add_module
from app.blueprints.builder.services.modules import move_module as move_module
from app.blueprints.builder.services.modules import remove_module as remove_module
from app.blueprints.builder.services.modules import rename_module as rename_module
from app.blueprints.builder.services.moves import move_lesson as move_lesson
from app.blueprints.builder.services.moves import move_lessons as move_lessons
from app.blueprints.builder.services.moves import remove_lesson as remove_lesson
from app.blueprints.builder.services.moves import remove_lessons as remove_lessons
from app.blueprints.builder.services.order import reorder as reorder
from app.blueprints.builder.services.publication import request_publication as request_publication
from app.blueprints.builder.services.publication import request_revert as request_revert
from app.blueprints.builder.services.publishing import run_publication as run_publication
from app.blueprints.builder.services.review import approve as approve
from app.blueprints.builder.services.review import send_back as send_back
from app.blueprints.builder.services.review import submit_for_review as submit_for_review
from app.blueprints.builder.services.review import withdraw as withdraw
from app.blueprints.builder.services.sessions import close_idle_sessions as close_idle_sessions
from app.blueprints.builder.services.sessions import count_autosave as count_autosave
from app.blueprints.builder.services.sessions import go_on_building as go_on_building
from app.blueprints.builder.services.settings import save_settings as save_settings
from app.blueprints.builder.services.sweeping import forget_ways_back as forget_ways_back
from app.blueprints.builder.services.texts import PreparedInVain as PreparedInVain
from app.blueprints.builder.services.texts import clean_block as clean_block
from app.blueprints.builder.services.texts import prepare_text as prepare_text
from app.blueprints.builder.services.texts import save_text as save_text
from app.blueprints.builder.services.texts import saved_block as saved_block
from app.blueprints.builder.services.undo import prepare_undo as prepare_undo
from app.blueprints.builder.services.undo import undo as undo
