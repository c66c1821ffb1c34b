"""What a lesson says: typed blocks, their canonical form, and how they are shown. All pure."""

from app.blueprints.courses.content.blocks import Body as Body
from app.blueprints.courses.content.canonical import body_hash as body_hash
from app.blueprints.courses.content.canonical import canonical_json as canonical_json
from app.blueprints.courses.content.keys import derived_key as derived_key
from app.blueprints.courses.content.keys import new_key as new_key
from app.blueprints.courses.content.minutes import estimated_minutes as estimated_minutes
from app.blueprints.courses.content.parsing import clean_body as clean_body
from app.blueprints.courses.content.parsing import parse_blocks as parse_blocks
from app.blueprints.courses.content.render import Rendered as Rendered
from app.blueprints.courses.content.render import render_body as render_body
