"""What is measured: each page and command, as what one of many people does again and again."""

import re
import time
from collections.abc import Iterator

from tests.factories.accounts import PASSWORD
from tests.load.clients import Act, Answer, Browser
from tests.load.world import TEXT, World, enter
from tests.support.servers import School

MOST = 32
BLOCK = re.compile(r'/blocks/(?P<block>\w+)\?.*?name="base" value="(?P<base>\w+)"', re.DOTALL)
REVISION = re.compile(r'name="revision" value="(?P<revision>\d+)"')


def pages(school: School, world: World) -> Iterator[tuple[str, Act]]:
    """Yield each page with what a client does to ask for it."""
    learners = [enter(school, email) for email in world.learners]
    teachers = [enter(school, world.instructor) for _ in range(MOST)]
    player = f"/learning/{world.slug}/l1"
    strangers = [Browser(school.url) for _ in learners]
    yield "catalogue, anonymous", reads(strangers, "/courses")
    yield "catalogue", reads(learners, "/courses")
    yield "course page", reads(learners, f"/courses/{world.slug}")
    yield "player", reads(learners, player)
    yield "dashboard", reads(learners, "/learning")
    yield "completion", _completions(learners, world)
    yield "enrol", _enrolments(learners, world.open_slug)
    yield "join the waitlist", _enrolments(learners, world.full_slug, "waitlist-place")
    yield "board", reads(teachers, f"/teaching/{world.slug}/board")
    yield "move a lesson", _moves(teachers, world)
    yield "autosave", _autosaves(teachers, world)
    yield "roster", reads(teachers, f"/teaching/{world.large}/people")
    yield (
        "roster, narrowed",
        reads(teachers, f"/teaching/{world.large}/people?q=learner&status=enrolled&sort=-progress"),
    )
    yield "publish", _publications(teachers, world)
    yield "log in", _log_ins(school, world)


def reads(browsers: list[Browser], path: str) -> Act:
    """Return the act of asking for a page."""

    def read(client: int, _: int) -> Answer:
        return _good(browsers[client].get(path))

    return read


def _completions(learners: list[Browser], world: World) -> Act:
    def complete(client: int, turn: int) -> Answer:
        key = world.lesson_keys[turn % len(world.lesson_keys)]
        if not turn:
            learners[client].get(f"/learning/{world.slug}/{key}")
        path = f"/learning/{world.slug}/{key}/completion"
        return _good(learners[client].post(path, version_number=1))

    return complete


def _enrolments(learners: list[Browser], slug: str, left: str = "enrollment") -> Act:
    """Each takes a place, then leaves it, again and again; both count."""

    def enrol(client: int, turn: int) -> Answer:
        if not turn:
            learners[client].get(f"/courses/{slug}")
        if turn % 2:
            return _good(learners[client].post(f"/courses/{slug}/{left}", "DELETE"))
        return _good(learners[client].post(f"/courses/{slug}/enrollment"))

    return enrol


def _moves(teachers: list[Browser], world: World) -> Act:
    def move(client: int, turn: int) -> Answer:
        if not turn:
            teachers[client].get(f"/teaching/{world.slug}/board")
        key = world.lesson_keys[(client * 7 + turn) % len(world.lesson_keys)]
        path = f"/teaching/{world.slug}/lessons/{key}/move"
        return _good(teachers[client].post(path, module=f"m{1 + turn % 6}", after=""))

    return move


def _autosaves(teachers: list[Browser], world: World) -> Act:
    """Each writes in a lesson of their own; what one answer names is what the next begins with."""
    began: dict[int, tuple[str, str]] = {}

    def save(client: int, turn: int) -> Answer:
        if client not in began:
            lesson = f"/teaching/{world.slug}/lessons/{world.lesson_keys[client]}"
            shown = _found(BLOCK, teachers[client].get(lesson))
            began[client] = shown["block"], shown["base"]
        block, base = began[client]
        path = f"/teaching/{world.slug}/lessons/{world.lesson_keys[client]}/blocks/{block}"
        fields = {"base": base, f"html-{block}": f"<p>Turn {turn}.</p><p>{TEXT}</p>"}
        answer = _good(teachers[client].post(path, "PUT", **fields, partial=True))
        began[client] = block, answer.headers["x-block-base"]
        return answer

    return save


def _publications(teachers: list[Browser], world: World) -> Act:
    """Each asks for a course of their own; asked again, the one that waits already is shown."""
    revisions: dict[int, str] = {}

    def publish(client: int, _: int) -> Answer:
        base = f"/teaching/{world.others[client]}"
        if client not in revisions:
            teachers[client].post(f"{base}/modules", title="One more")
            step = teachers[client].get(f"{base}/review")
            revisions[client] = _found(REVISION, step)["revision"]
        path = f"{base}/publication"
        return _good(teachers[client].post(path, revision=revisions[client]))

    return publish


def _found(pattern: re.Pattern[str], answer: Answer) -> re.Match[str]:
    found = pattern.search(answer.text)
    assert found, f"{answer.status}: {answer.text[:800]}"
    return found


def _log_ins(school: School, world: World) -> Act:
    def log_in(client: int, _: int) -> Answer:
        while True:
            answer = Browser(school.url).log_in(world.learners[client], PASSWORD)
            if answer.status != 503:
                return _good(answer)
            time.sleep(float(answer.headers["retry-after"]))  # too many at once: told when

    return log_in


def _good(answer: Answer) -> Answer:
    if answer.status in (400, 403, 404, 422, 429):
        raise AssertionError(f"{answer.status}: {answer.text[:800]}")
    return answer
