"""Reads of authoring; each returns what a page needs in a fixed number of statements."""

from app.blueprints.builder.queries.board import BoardView as BoardView
from app.blueprints.builder.queries.board import board as board
from app.blueprints.builder.queries.changes import changes_since as changes_since
from app.blueprints.builder.queries.lessons import LessonEditor as LessonEditor
from app.blueprints.builder.queries.lessons import editor_of as editor_of
from app.blueprints.builder.queries.lessons import lesson_editor as lesson_editor
from app.blueprints.builder.queries.preview import LessonPreview as LessonPreview
from app.blueprints.builder.queries.preview import lesson_preview as lesson_preview
from app.blueprints.builder.queries.publications import PublicationPreview as PublicationPreview
from app.blueprints.builder.queries.publications import get_publication as get_publication
from app.blueprints.builder.queries.publications import has_draft as has_draft
from app.blueprints.builder.queries.publications import publication_preview as publication_preview
from app.blueprints.builder.queries.publications import revert_preview as revert_preview
from app.blueprints.builder.queries.reviews import find_open_review as find_open_review
from app.blueprints.builder.queries.reviews import get_review as get_review
from app.blueprints.builder.queries.reviews import review_queue as review_queue
from app.blueprints.builder.queries.rewritten import text_differences as text_differences
from app.blueprints.builder.queries.sessions import Now as Now
from app.blueprints.builder.queries.sessions import checked as checked
from app.blueprints.builder.queries.sessions import find_session as find_session
from app.blueprints.builder.queries.sessions import last_session as last_session
from app.blueprints.builder.queries.sessions import now_at as now_at
from app.blueprints.builder.queries.sessions import steps as steps
from app.blueprints.builder.queries.texts import text_revision as text_revision
from app.blueprints.builder.queries.versions import PublishedVersion as PublishedVersion
from app.blueprints.builder.queries.versions import list_versions as list_versions
