"""The builder's addresses: its three steps, the commands of the board, versions, the review."""

from app.blueprints.builder.routes import activity as activity
from app.blueprints.builder.routes import adding as adding
from app.blueprints.builder.routes import basics as basics
from app.blueprints.builder.routes import blocks as blocks
from app.blueprints.builder.routes import board as board
from app.blueprints.builder.routes import comments as comments
from app.blueprints.builder.routes import comparison as comparison
from app.blueprints.builder.routes import consequences as consequences
from app.blueprints.builder.routes import copies as copies
from app.blueprints.builder.routes import courses as courses
from app.blueprints.builder.routes import lessons as lessons
from app.blueprints.builder.routes import look as look
from app.blueprints.builder.routes import modules as modules
from app.blueprints.builder.routes import publication as publication
from app.blueprints.builder.routes import refusals as refusals
from app.blueprints.builder.routes import reviews as reviews
from app.blueprints.builder.routes import selection as selection
from app.blueprints.builder.routes import sessions as sessions
from app.blueprints.builder.routes import settings as settings
from app.blueprints.builder.routes import version as version
from app.blueprints.builder.routes import versions as versions
from app.blueprints.builder.routes.blueprint import bp as bp
