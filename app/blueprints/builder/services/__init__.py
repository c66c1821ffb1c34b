"""Writes of authoring: one function per use case, each inside the caller's `writing()`."""

from app.blueprints.builder.services.basics import basics_base as basics_base
from app.blueprints.builder.services.basics import edit_basics as edit_basics
from app.blueprints.builder.services.courses import create_course as create_course
from app.blueprints.builder.services.frame import BoardChange as BoardChange
from app.blueprints.builder.services.lessons import add_lesson as add_lesson
from app.blueprints.builder.services.lessons import edit_lesson as edit_lesson
from app.blueprints.builder.services.lessons import move_lesson as move_lesson
from app.blueprints.builder.services.lessons import remove_lesson as remove_lesson
from app.blueprints.builder.services.modules import add_module as add_module
from app.blueprints.builder.services.modules import move_module as move_module
from app.blueprints.builder.services.modules import remove_module as remove_module
from app.blueprints.builder.services.modules import rename_module as rename_module
from app.blueprints.builder.services.order import reorder as reorder
from app.blueprints.builder.services.publication import request_publication as request_publication
from app.blueprints.builder.services.publication import request_revert as request_revert
from app.blueprints.builder.services.publishing import run_publication as run_publication
from app.blueprints.builder.services.review import approve as approve
from app.blueprints.builder.services.review import send_back as send_back
from app.blueprints.builder.services.review import submit_for_review as submit_for_review
from app.blueprints.builder.services.texts import PreparedInVain as PreparedInVain
from app.blueprints.builder.services.texts import clean_block as clean_block
from app.blueprints.builder.services.texts import prepare_text as prepare_text
from app.blueprints.builder.services.texts import save_text as save_text
from app.blueprints.builder.services.texts import saved_block as saved_block
from app.blueprints.builder.services.undo import undo as undo
