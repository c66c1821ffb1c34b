"""What a block has for search and which assets it needs."""

import re
from collections.abc import Iterator

from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.labels import CALLOUTS
from app.core.sanitise import plain_text

_MEDIA = re.compile(r'src="/media/([A-Za-z0-9_-]+)"')


def words_of(block: types.Block) -> str:
    """Give the words of `block` itself, without what is inside it, a line for each part."""
    return "\n".join(part for part in _parts_of(block) if part)


def _parts_of(block: types.Block) -> list[str]:
    match block:
        case types.TextBlock():
            return [plain_text(block.html)]
        case types.ImageBlock():
            return [block.alt, block.caption]
        case types.CodeBlock():
            return [block.caption, block.code]
        case types.CalloutBlock():
            return [block.title or str(CALLOUTS[block.kind])]
        case types.FileBlock():
            return [block.label]
        case types.AssignmentBlock():
            return [block.title, plain_text(block.html)]
        case types.QuizBlock():
            return [block.title, *map(_words_of_question, block.questions)]
        case types.VideoBlock() | types.EmbedBlock():
            return [block.title]


def _words_of_question(question: types.Question) -> str:
    """Give what is asked and what there is to choose from; never what is right."""
    return "\n".join([question.prompt, *(choice.text for choice in question.choices)])


def assets_in(blocks: types.Blocks) -> set[str]:
    """Return the public ids of all assets that `blocks` show or link."""
    return {asset for block in types.walk(blocks) for asset in assets_of(block)}


def assets_of(block: types.Block) -> Iterator[str]:
    """Give the public id of each asset that `block` itself shows or links."""
    match block:
        case types.ImageBlock() | types.FileBlock():
            yield from (block.asset,) if block.asset else ()
        case types.VideoBlock():
            yield from filter(None, (block.asset, block.captions, block.poster))
        case types.TextBlock() | types.AssignmentBlock():
            yield from _MEDIA.findall(block.html)
        case _:
            pass
