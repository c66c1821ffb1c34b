"""Who works in the back office."""

import pytest

from app.blueprints.accounts.models import User
from tests.factories.accounts import make_user, sign_in
from tests.support.client import CheckedClient


@pytest.fixture
def admin(client: CheckedClient) -> User:
    """An administrator, signed in."""
    user = make_user("Ann Admin", roles=["admin"])
    sign_in(client, user)
    return user
