"""What every test can ask for; the fixtures themselves lie in tests/support."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests.support import postgres, run

pytest_plugins = [
    "tests.support.databases",
    "tests.support.apps",
    "tests.support.redis_server",
    "tests.support.s3_server",
    "tests.support.smtp_server",
    "tests.support.servers",
    "tests.support.browser",
    "tests.support.haste",
]


SOAK_SECONDS = 3600

# How fast examples come says something about the machine, not about the code. Every run tries the
# same ones, so that a failure is the change's own; `--soak` tries others, and many more.
settings.register_profile(
    "gate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "soak", settings.get_profile("gate"), derandomize=False, max_examples=5000
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak` makes tests that repeat themselves do it long."""
    parser.addoption("--soak", action="store_true", help="run the long form of repeating tests")


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder, in the process that starts the others."""
    settings.load_profile("soak" if config.getoption("--soak") else "gate")
    if not hasattr(config, "workerinput"):
        run.begin()


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a long run everything that repeats itself takes part, and has the time for it."""
    if not config.getoption("--soak"):
        return
    for item in items:
        repeats = "rounds" in getattr(item, "fixturenames", ())
        if repeats or getattr(item.obj, "is_hypothesis_test", False):  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.soak)
        item.add_marker(pytest.mark.timeout(SOAK_SECONDS), append=False)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays to the end: the application and its tests."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started for all its processes."""
    if not hasattr(config, "workerinput"):
        postgres.stop()
        run.end()


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a race or a random walk is repeated: by hand, often; in every run, a few times."""
    return 200 if request.config.getoption("--soak") else 3
