"""Which courses may ask for which: never in a circle."""

from collections.abc import Iterable, Mapping

MOST_PREREQUISITES = 10


def closes_a_circle(required: Mapping[int, Iterable[int]], course: int, wanted: int) -> bool:
    """Tell whether `course` asking for `wanted` would make a course ask for itself.

    `required` has, for each course, those that it asks for already.
    """
    seen, ahead = set(), [wanted]
    while ahead:
        one = ahead.pop()
        if one == course:
            return True
        if one not in seen:
            seen.add(one)
            ahead.extend(required.get(one, ()))
    return False
