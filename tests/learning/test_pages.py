"""Lists of what somebody learns and teaches come in pages."""

import pytest

from app.blueprints.accounts.models import User
from app.core.pagination import PAGE_SIZE
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient
from tests.support.sql import count_sql

MANY = PAGE_SIZE + 1


@pytest.fixture
def person(client: CheckedClient) -> User:
    """Somebody who learns and teaches much."""
    user = make_user("Ada Okafor", roles=["contributor"])
    for number in range(MANY):
        course = make_course(f"Course number {number:02}", owner=user, lessons=1)
        make_enrollment(user, course)
    sign_in(client, user)
    return user


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(("address", "statements"), [("/learning", 9), ("/teaching", 11)])
def test_each_course_is_on_one_page(client: CheckedClient, address: str, statements: int) -> None:
    with count_sql(at_most=statements):
        first = client.get(address).text
    second = client.get(f"{address}?page=2").text
    for number in range(MANY):
        title = f"Course number {number:02}"
        assert (title in first) is not (title in second), title
    assert "Continue where" not in second
