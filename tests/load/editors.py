"""Authors of one course at once, each acting on what they last saw; and a ledger of what was done.

They read the database where a page would be looked at, and write over HTTP as pages do.
"""

import random
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from app.blueprints.builder.queries import board, lesson_editor
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course, misplaced
from tests.load.clients import Answer, Browser
from tests.support.servers import School

Titles = dict[str, tuple[str, int]]


def pieces(html: str) -> list[str]:
    """The paragraphs of a text."""
    return re.findall(r"<p>(.*?)</p>", html)


@dataclass(frozen=True)
class Saved:
    """A save that was acknowledged: what its author had seen, and what they wrote."""

    lesson: str
    seen: list[str]
    written: list[str]


@dataclass
class Ledger:
    """What was acknowledged, and how often something was refused."""

    saved: list[Saved] = field(default_factory=list)
    renamed: list[tuple[str, int, str]] = field(default_factory=list)
    added: set[str] = field(default_factory=set)
    merged: int = 0
    refused: int = 0
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def expected(self, lesson: str, begun: list[str]) -> set[str]:
        """What a text must say: all that was written, but what somebody took out who saw it."""
        mine = [one for one in self.saved if one.lesson == lesson]
        written = set(begun).union(*(set(one.written) - set(one.seen) for one in mine))
        return written.difference(*(set(one.seen) - set(one.written) for one in mine))


@dataclass
class Open:
    """A block as an editor has it: what it says, its base, and what is common ground."""

    lesson: str
    block: str
    base: str
    text: list[str]
    is_behind: bool = False


class Editor:
    """One author."""

    def __init__(
        self, school: School, course: Course, browser: Browser, number: int, ledger: Ledger
    ) -> None:
        self.school, self.course, self.browser, self.ledger = school, course, browser, ledger
        self.name = f"e{number}"
        self.dice = random.Random(number)
        self.count = 0
        self.open: Open | None = None
        self.base = f"/teaching/{course.slug}"
        self.browser.get(f"{self.base}/basics")  # for its form's token
        self.look()

    def look(self) -> None:
        """See the board as it is now."""
        with self.school.app.app_context():
            self.view = board(get_course(self.course.id))
        self.columns = [
            (c.module.key, [card.lesson.key for card in c.lessons]) for c in self.view.modules
        ]
        self.titles: Titles = {
            card.lesson.key: (card.lesson.title, card.lesson.revision)
            for c in self.view.modules
            for card in c.lessons
        }

    def act(self) -> Answer:
        """Do one thing, most often in a text."""
        if self.dice.random() < 0.4:
            self.look()
        acts: list[Callable[[], Answer]] = [self.write] * 5 + [self.move] * 3
        return self.dice.choice(
            [*acts, self.rename, self.reorder if self.count % 3 else self.add]
        )()

    def write(self) -> Answer:
        """Change a text that was opened a while ago, or is opened now."""
        if self.open is None or self.dice.random() < 0.3:
            self.open = self.opened()
        seen, mine = self.open, self.changed(self.open.text)
        fields = {"type": "text", "base": seen.base, f"html-{seen.block}": markup(mine)}
        if seen.is_behind or self.dice.random() < 0.7:
            fields[f"was-html-{seen.block}"] = markup(seen.text)
        answer = self.send("PUT", f"/lessons/{seen.lesson}/blocks/{seen.block}", **fields)
        if answer.status != 204:
            self.open = None  # both are shown, and theirs is taken
            return answer
        is_merged = "x-block-merged" in answer.headers
        base = "merged" if is_merged else answer.headers["x-block-base"]
        with self.ledger.lock:
            self.ledger.saved.append(Saved(seen.lesson, seen.text, mine))
            self.ledger.merged += is_merged
        self.open = Open(seen.lesson, seen.block, base, mine, is_merged)
        return answer

    def opened(self) -> Open:
        """Open a lesson."""
        lesson = self.dice.choice(["l1", "l2", "l3"])
        with self.school.app.app_context():
            block = lesson_editor(get_course(self.course.id), lesson).blocks[0]
        return Open(lesson, block.key, block.base, pieces(block.block["html"]))

    def changed(self, text: list[str]) -> list[str]:
        """Put a paragraph in; or rewrite one, or take one out."""
        mine, act = list(text), self.dice.random()
        at = self.dice.randrange(len(mine) + 1)
        if act < 0.6 or at == len(mine) or len(mine) < 3:
            mine.insert(at, self.word())
        elif act < 0.85:
            mine[at] = self.word()
        else:
            del mine[at]
        return mine

    def move(self) -> Answer:
        """Move a lesson to where the board seemed to have room."""
        module, column = self.dice.choice(self.columns)
        lesson = self.dice.choice(list(self.titles))
        after = self.dice.choice(["", *(key for key in column if key != lesson)])
        return self.send("POST", f"/lessons/{lesson}/move", module=module, after=after)

    def rename(self) -> Answer:
        """Give a lesson another title."""
        lesson = self.dice.choice(list(self.titles))
        title, revision = self.word(), self.titles[lesson][1]
        answer = self.send("PATCH", f"/lessons/{lesson}", title=title, revision=revision)
        if answer.status == 200:
            with self.ledger.lock:
                self.ledger.renamed.append((lesson, revision, title))
        return answer

    def add(self) -> Answer:
        """Add a lesson."""
        title = self.word()
        module = self.dice.choice(self.columns)[0]
        answer = self.send("POST", f"/modules/{module}/lessons", title=title)
        if answer.status == 200:
            with self.ledger.lock:
                self.ledger.added.add(title)
        return answer

    def reorder(self) -> Answer:
        """Send a whole order, made on the board as it was seen."""
        order = "\n".join(f"{m}: {' '.join(reversed(keys))}" for m, keys in self.columns)
        revision = self.view.version.board_revision
        return self.send("PUT", "/board/order", order=order, board_revision=revision)

    def send(self, method: str, path: str, **fields: object) -> Answer:
        """Send a command; note how it was answered."""
        answer = self.browser.post(self.base + path, method, **fields, partial=True)
        assert answer.status in (200, 204, 409), f"{path}: {answer.status} {answer.text[:300]}"
        with self.ledger.lock:
            self.ledger.refused += answer.status == 409
            self.ledger.done += answer.status != 409
        return answer

    def word(self) -> str:
        """A word that nobody wrote before."""
        self.count += 1
        return f"{self.name}w{self.count}"


def markup(text: list[str]) -> str:
    """A text of these paragraphs."""
    return "".join(f"<p>{piece}</p>" for piece in text)


def text_faults(
    school: School, course: Course, ledger: Ledger, begun: dict[str, list[str]]
) -> list[str]:
    """Texts that lost a word that nobody took out, or got one twice."""
    found = []
    with school.app.app_context():
        for lesson, text in begun.items():
            block = lesson_editor(get_course(course.id), lesson).blocks[0]
            here = pieces(block.block["html"])
            expected = ledger.expected(lesson, text)
            if len(here) != len(set(here)):
                found.append(f"{lesson}: something stands twice")
            if set(here) != expected:
                found.append(f"{lesson}: silently overwritten: {expected ^ set(here)}")
    return found


def tree_faults(school: School, course: Course) -> list[str]:
    """What is wrong with the board as it is now."""
    with school.app.app_context():
        cards = [card.lesson for c in board(get_course(course.id)).modules for card in c.lessons]
        uneven = misplaced()
    found = [f"positions have gaps: {uneven}"] if uneven else []
    if len(cards) != len({card.key for card in cards}):
        found.append("a lesson stands twice")
    return found


def title_faults(school: School, course: Course, ledger: Ledger, lessons: int) -> list[str]:
    """Titles that were given and overwritten unseen, and lessons that were added and are not."""
    with school.app.app_context():
        cards = [card.lesson for c in board(get_course(course.id)).modules for card in c.lessons]
    given: dict[str, dict[int, str]] = {}
    found = []
    for key, revision, title in ledger.renamed:
        if given.setdefault(key, {}).setdefault(revision, title) != title:
            found.append(f"{key}: a title was silently overwritten")
    last = {key: titles[max(titles)] for key, titles in given.items()}
    found += [f"{c.key}: not the last title" for c in cards if last.get(c.key, c.title) != c.title]
    if len(cards) != lessons + len(ledger.added):
        found.append(f"{len(cards)} lessons, {len(ledger.added)} added to {lessons}")
    return found
