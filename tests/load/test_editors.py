"""Ten authors at once: the tree stays valid, nothing is overwritten unseen."""

import threading

import pytest

from app.blueprints.courses.models import Course, CourseRole
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.load.clients import Answer, together
from tests.load.conftest import LetIn
from tests.load.editors import Editor, Ledger, text_faults, title_faults, tree_faults
from tests.support.servers import School, StartSchool

EDITORS = 10
ACTS, ACTS_IN_SHORT = 100, 25
MODULES, LESSONS = 3, 4
BEGUN = {key: ["begun"] for key in ("l1", "l2", "l3")}

pytestmark = [pytest.mark.load, pytest.mark.timeout(900)]
on_both = pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)


class Watch:
    """Looks at the tree all the time, as its authors act."""

    def __init__(self, school: School, course: Course) -> None:
        self._school, self._course = school, course
        self._ended = threading.Event()
        self.found: list[str] = []
        self.looks = 0
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            self.found += tree_faults(self._school, self._course)
            self.looks += 1


def write_together(school: School, let_in: LetIn, acts: int) -> tuple[Course, Ledger, Watch]:
    """Let ten authors act, so many times each."""
    with school.app.app_context():
        people = [make_user(f"Author {number}") for number in range(EDITORS)]
        course = make_course(
            published=False,
            people=[(person, CourseRole.INSTRUCTOR) for person in people],
            modules=MODULES,
            lessons=LESSONS,
            text="begun",
        )
        browsers = let_in(school, people)
    ledger = Ledger()
    editors = [Editor(school, course, one, n, ledger) for n, one in enumerate(browsers)]

    def act(client: int, _round: int) -> Answer:
        return editors[client].act()

    with Watch(school, course) as watch:
        tally = together(EDITORS, act, times=acts)
    assert tally.failures == 0
    return course, ledger, watch


@on_both
def test_ten_editors_at_once(
    kind: str, start_school: StartSchool, let_in: LetIn, pytestconfig: pytest.Config
) -> None:
    school = start_school(kind, processes=2, worker=False, RATE_LIMITS="off")
    acts = ACTS if pytestconfig.getoption("--soak") else ACTS_IN_SHORT
    course, ledger, watch = write_together(school, let_in, acts)
    assert ledger.done + ledger.refused == EDITORS * acts
    assert ledger.merged > acts // 5, "they hardly met"
    assert ledger.refused > 0
    assert text_faults(school, course, ledger, BEGUN) == []
    assert title_faults(school, course, ledger, MODULES * LESSONS) == []
    assert watch.looks > 3
    assert [*watch.found, *tree_faults(school, course)] == []


def test_a_school_that_lets_the_last_one_win_is_caught(
    start_school: StartSchool, let_in: LetIn
) -> None:
    careless = "tests.support.careless_texts:app"
    school = start_school("sqlite", processes=2, worker=False, module=careless, RATE_LIMITS="off")
    course, ledger, _ = write_together(school, let_in, 20)
    assert any(
        "silently overwritten" in fault for fault in text_faults(school, course, ledger, BEGUN)
    )
