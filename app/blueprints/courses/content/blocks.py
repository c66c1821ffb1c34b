"""The kinds of block that a lesson is made of, with the bounds of each field.

A field that is not named here is an error, so nothing unknown is ever stored.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator

from app.blueprints.courses.content import keys

Kind = Literal[
    "note",
    "tip",
    "warning",
    "objectives",
    "questions",
    "keypoints",
    "challenge",
    "solution",
    "discussion",
    "prerequisite",
    "checklist",
    "testimonial",
    "instructor",
    "spoiler",
    "tab",
]


def _without_nul(value: str) -> str:
    """Drop U+0000, which PostgreSQL cannot store."""
    return value.replace("\0", "")


Key = Annotated[str, Field(pattern=keys.PATTERN)]
AssetId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Line = Annotated[str, Field(max_length=300), AfterValidator(_without_nul)]
Note = Annotated[str, Field(max_length=2_000), AfterValidator(_without_nul)]
Prose = Annotated[str, Field(max_length=200_000), AfterValidator(_without_nul)]
Source = Annotated[str, Field(max_length=100_000), AfterValidator(_without_nul)]
Language = Annotated[str, Field(pattern=r"^[a-z0-9+#.-]{0,32}$")]
WebAddress = Annotated[str, Field(max_length=2_000, pattern=r"^https?://[^\s\"'<>\\]+$")]
Pixels = Annotated[int, Field(ge=1, le=20_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    key: Key


class TextBlock(_Part):
    """Sanitised HTML."""

    type: Literal["text"]
    html: Prose


class ImageBlock(_Part):
    """A picture; `decorative` says that it needs no alternative text. Sizes in pixels."""

    type: Literal["image"]
    asset: AssetId
    alt: Note = ""
    caption: Note = ""
    decorative: bool = False
    width: Pixels | None = None
    height: Pixels | None = None


class CodeBlock(_Part):
    """Source code, or with the languages `output` and `error` what a program printed."""

    type: Literal["code"]
    code: Source
    language: Language = ""
    caption: Note = ""


class CalloutBlock(_Part):
    """Other blocks set apart for a purpose."""

    type: Literal["callout"]
    kind: Kind
    title: Line = ""
    blocks: tuple["Block", ...] = ()


class VideoBlock(_Part):
    """A film, here or elsewhere; `captions` is the asset with its subtitles."""

    type: Literal["video"]
    url: WebAddress | None = None
    asset: AssetId | None = None
    title: Line
    captions: AssetId | None = None

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        if (self.url is None) == (self.asset is None):
            raise ValueError("a video has either an address or a file")
        return self


class FileBlock(_Part):
    """Something to download."""

    type: Literal["file"]
    asset: AssetId
    label: Line


class EmbedBlock(_Part):
    """Something on another site, shown as a link so that nobody is tracked by reading."""

    type: Literal["embed"]
    url: WebAddress
    title: Line


class QuizBlock(_Part):
    """Questions; what is inside them belongs to the assessments."""

    type: Literal["quiz"]
    title: Line = ""
    questions: Annotated[tuple[dict[str, JsonValue], ...], Field(max_length=200)] = ()


class AssignmentBlock(_Part):
    """What is to be handed in, told in sanitised HTML."""

    type: Literal["assignment"]
    title: Line = ""
    html: Prose


AnyBlock = (
    TextBlock
    | ImageBlock
    | CodeBlock
    | CalloutBlock
    | VideoBlock
    | FileBlock
    | EmbedBlock
    | QuizBlock
    | AssignmentBlock
)
Block = Annotated[AnyBlock, Field(discriminator="type")]
Blocks = tuple[Block, ...]


class Body(BaseModel):
    """All of a lesson, in order."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    blocks: Blocks = ()

    def walk(self) -> "Iterator[Block]":
        """Give every block, a callout before what is inside it."""
        return walk(self.blocks)


def walk(blocks: Blocks) -> "Iterator[Block]":
    """Give each of `blocks` and what is inside them, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, CalloutBlock):
            yield from walk(block.blocks)


def depth(blocks: Blocks) -> int:
    """Count how many blocks lie inside each other, at most."""
    inner = [depth(block.blocks) for block in blocks if isinstance(block, CalloutBlock)]
    return max(inner, default=0) + 1 if blocks else 0


def fields_of(block: "Block") -> dict[str, Any]:
    """Give what `block` says for itself, without its key and the blocks inside it."""
    return block.model_dump(exclude={"key", "blocks"})
