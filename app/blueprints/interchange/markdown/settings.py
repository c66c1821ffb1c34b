"""YAML as settings are written in: plain values that can be kept, each fault with its line.

YAML can say more than that: numbers without end, letters that no database takes, and a few lines
that stand for millions. None of it means anything in a course, so it is refused where it stands.
"""

from typing import Any

import yaml

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

MAX_DEPTH = 20
MAX_NUMBER = 10**12
# What the library's own readings of values raise, which do not know where they stand.
_FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class _Loader(yaml.SafeLoader):
    """Reads what `safe_load` does, within these bounds; raises `yaml.MarkedYAMLError`."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.depth >= MAX_DEPTH:
            here = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise _fault(_l("it is nested too deep"), here)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        # What is merged is copied: a dozen merges of merges would fill the memory.
        for key, _value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise _fault(_l("“<<” is not taken here"), key.start_mark)
        super().flatten_mapping(node)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep=deep)
        except _FAILURES as error:
            raise _fault(_l("there is no such value"), node.start_mark) from error
        if isinstance(value, int | float) and not -MAX_NUMBER <= value <= MAX_NUMBER:
            raise _fault(_l("this is no number to count with"), node.start_mark)
        if isinstance(value, str) and not _is_text(value):
            raise _fault(_l("it has a sign that is no letter of any text"), node.start_mark)
        return value


def load(source: str) -> Any:
    """Return the value of one YAML document; raises `yaml.YAMLError`, with a mark where it can."""
    loader = _Loader(source)
    try:
        return loader.get_single_data()
    except _FAILURES as error:  # letters by numbers that none has
        raise _fault(_l("there is no such value"), loader.get_mark()) from error
    finally:
        loader.dispose()


def _is_text(text: str) -> bool:
    """Tell whether databases take it: no NUL, and no half of a pair of surrogates."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def _fault(words: Text, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, words, mark)
