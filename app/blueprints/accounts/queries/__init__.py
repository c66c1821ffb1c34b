"""Reads of people and their sessions."""

from app.blueprints.accounts.queries.people import actor_of as actor_of
from app.blueprints.accounts.queries.people import count_users as count_users
from app.blueprints.accounts.queries.people import find_actor as find_actor
from app.blueprints.accounts.queries.people import find_user_by_email as find_user_by_email
from app.blueprints.accounts.queries.people import get_user as get_user
from app.blueprints.accounts.queries.people import list_users as list_users
from app.blueprints.accounts.queries.sessions import Credentials as Credentials
from app.blueprints.accounts.queries.sessions import LiveSession as LiveSession
from app.blueprints.accounts.queries.sessions import find_credentials as find_credentials
from app.blueprints.accounts.queries.sessions import find_live_session as find_live_session
from app.blueprints.accounts.queries.sessions import list_sessions as list_sessions
