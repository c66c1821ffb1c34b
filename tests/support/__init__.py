"""What tests stand on: databases, servers, the browser, and checks of every page."""

import pytest

# For tests of what must hold on SQLite and on PostgreSQL alike.
both_databases = pytest.mark.parametrize(
    "database",
    ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)
