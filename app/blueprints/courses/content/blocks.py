"""The kinds of block that a lesson is made of, with the bounds of each field.

A field that is not named here is an error, so nothing unknown is ever stored.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

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

QuestionKind = Literal["single", "multiple", "true_false", "short", "number"]


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
    """A picture; `decorative` says that it needs no alternative text. Sizes in pixels.

    Until its author has chosen a file it has none, as videos, files and links may have nowhere
    to lead; what is begun like this is kept, shown to nobody, and not ready to be published.
    """

    type: Literal["image"]
    asset: AssetId | None = None
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
    """A film, here or elsewhere; `captions` is the asset with its subtitles.

    `poster` is that of the picture shown until it plays.
    """

    type: Literal["video"]
    url: WebAddress | None = None
    asset: AssetId | None = None
    title: Line
    captions: AssetId | None = None
    poster: AssetId | None = None

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        if self.url is not None and self.asset is not None:
            raise ValueError("a video has either an address or a file")
        return self


class FileBlock(_Part):
    """Something to download."""

    type: Literal["file"]
    asset: AssetId | None = None
    label: Line


class EmbedBlock(_Part):
    """Something on another site, shown as a link so that nobody is tracked by reading."""

    type: Literal["embed"]
    url: WebAddress | None = None
    title: Line


class Choice(_Part):
    """One answer to choose; `feedback` is for those who chose it."""

    text: Note = ""
    is_right: bool = False
    feedback: Note = ""


class Question(_Part):
    """What is asked, and what is right.

    Choices are for `single`, `multiple` and `true_false`; `answers` for `short`, any of them
    right, and for `number`, one that may be off by `tolerance`. `feedback` is for everybody.
    Answers are plain words: whether they make sense is told to the author, not refused.
    """

    kind: QuestionKind
    prompt: Note = ""
    choices: Annotated[tuple[Choice, ...], Field(max_length=20)] = ()
    answers: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    tolerance: Line = ""
    feedback: Note = ""


class QuizBlock(_Part):
    """Questions with their answers; only the questions are ever shown to learners."""

    type: Literal["quiz"]
    title: Line = ""
    questions: Annotated[tuple[Question, ...], Field(max_length=100)] = ()


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
