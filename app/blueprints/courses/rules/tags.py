"""Tags as authors type them: a list with commas."""

from slugify import slugify

from app.blueprints.courses.models.terms import LONGEST_TAG

MOST_TAGS = 10


class TooManyTags(ValueError):
    """More tags than a course may have."""


class TagTooLong(ValueError):
    """A tag that is a sentence."""


def parse_tags(typed: str) -> dict[str, str]:
    """Return the tags in `typed` by slug, the first spelling of each.

    Raises `TooManyTags` and `TagTooLong`. What has no letter or digit is no tag.
    """
    tags: dict[str, str] = {}
    for part in typed.replace("\n", ",").split(","):
        name = " ".join(part.split())
        slug = slugify(name)
        if len(name) > LONGEST_TAG or len(slug) > 2 * LONGEST_TAG:
            raise TagTooLong(name)
        if slug:
            tags.setdefault(slug, name)
    if len(tags) > MOST_TAGS:
        raise TooManyTags
    return tags
