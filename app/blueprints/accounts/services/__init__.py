"""Writes about people: one function per thing that somebody does."""

from app.blueprints.accounts.services.door import Attempt as Attempt
from app.blueprints.accounts.services.door import Visitor as Visitor
from app.blueprints.accounts.services.door import begin_session as begin_session
from app.blueprints.accounts.services.door import join as join
from app.blueprints.accounts.services.door import log_in as log_in
from app.blueprints.accounts.services.door import log_out as log_out
from app.blueprints.accounts.services.door import sign_up as sign_up
from app.blueprints.accounts.services.door import try_password as try_password
from app.blueprints.accounts.services.hashing import hash_password as hash_password
from app.blueprints.accounts.services.people import create_user as create_user
from app.blueprints.accounts.services.people import disable_user as disable_user
from app.blueprints.accounts.services.people import enable_user as enable_user
from app.blueprints.accounts.services.people import end_sessions as end_sessions
from app.blueprints.accounts.services.people import rename as rename
from app.blueprints.accounts.services.people import set_password as set_password
from app.blueprints.accounts.services.people import set_roles as set_roles
from app.blueprints.accounts.services.sessions import change_password as change_password
from app.blueprints.accounts.services.sessions import forget_visitors as forget_visitors
from app.blueprints.accounts.services.sessions import revoke_session as revoke_session
from app.blueprints.accounts.services.sessions import touch_session as touch_session
