"""Every act that the domains record has a name that people read."""

import ast
from collections.abc import Iterator

from app.blueprints.backoffice.rules import ACTS, THINGS
from app.blueprints.builder.models import ReviewState
from app.blueprints.courses.models import CourseStatus
from app.blueprints.courses.services.terms import KINDS
from tests.architecture import project

# What stands in codes that are put together, and what for.
PUT_TOGETHER = {
    "course.{to}": [f"course.{status}" for status in CourseStatus],
    "review.{state}": [f"review.{state}" for state in ReviewState if state is not ReviewState.OPEN],
    **{
        f"{{kind}}.{done}": [f"{kind}.{done}" for kind in KINDS]
        for done in ("added", "renamed", "deleted")
    },
    "{kind}": list(KINDS),
    "{action}": ["course.requires", "course.requires_no_more"],
}


def codes(text: str, place: int) -> Iterator[str]:
    """What is said at this place to `audit.record`."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) != "audit.record":
            continue
        said = node.args[place]
        if isinstance(said, ast.Constant):
            yield str(said.value)
        else:
            shape = ast.unparse(said).removeprefix("f").strip("'")
            shape = shape if "{" in shape else f"{{{shape}}}"
            yield from PUT_TOGETHER.get(shape, [shape])


def unnamed(text: str) -> set[str]:
    """The codes that a module records and nobody has named."""
    return set(codes(text, 1)) - ACTS.keys() | set(codes(text, 2)) - THINGS.keys()


def test_every_act_has_a_name() -> None:
    assert not {code for path in project.python_files("app") for code in unnamed(path.read_text())}


def test_planted_faults_are_found() -> None:
    assert unnamed('audit.record(actor, "course.sunk", "boat", 1)') == {"course.sunk", "boat"}
