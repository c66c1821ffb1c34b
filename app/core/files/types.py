"""The list of what is taken: a type that does not stand here is neither stored nor served."""

import enum
from dataclasses import dataclass


class FileKind(enum.StrEnum):
    """What people use a file as."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    TEXT = "text"
    CAPTIONS = "captions"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type with the endings that a name of it may have; a browser shows what is `inline`."""

    content_type: str
    kind: FileKind
    endings: tuple[str, ...]
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# Programs in these are shown as text and saved as files; nothing here runs them.
_SOURCES = ("py", "ipynb", "r", "sql", "json", "yaml", "yml", "toml", "tex", "bib", "log")
_COMPILED = ("c", "h", "cpp", "java", "go", "rs")

_TYPES = (
    FileType("image/png", FileKind.IMAGE, ("png",), inline=True),
    FileType("image/jpeg", FileKind.IMAGE, ("jpg", "jpeg"), inline=True),
    FileType("image/gif", FileKind.IMAGE, ("gif",), inline=True),
    FileType("image/webp", FileKind.IMAGE, ("webp",), inline=True),
    FileType("image/avif", FileKind.IMAGE, ("avif",), inline=True),
    FileType("video/mp4", FileKind.VIDEO, ("mp4", "m4v"), inline=True),
    FileType("video/webm", FileKind.VIDEO, ("webm",), inline=True),
    FileType("audio/mpeg", FileKind.AUDIO, ("mp3",), inline=True),
    FileType("audio/ogg", FileKind.AUDIO, ("ogg", "oga", "opus"), inline=True),
    FileType("audio/mp4", FileKind.AUDIO, ("m4a", "m4b"), inline=True),
    FileType("application/pdf", FileKind.DOCUMENT, ("pdf",)),  # a sandbox, and no viewer
    FileType(f"{_OFFICE}wordprocessingml.document", FileKind.DOCUMENT, ("docx",)),
    FileType(f"{_OFFICE}spreadsheetml.sheet", FileKind.DOCUMENT, ("xlsx",)),
    FileType(f"{_OFFICE}presentationml.presentation", FileKind.DOCUMENT, ("pptx",)),
    FileType(f"{_OPEN}text", FileKind.DOCUMENT, ("odt",)),
    FileType(f"{_OPEN}spreadsheet", FileKind.DOCUMENT, ("ods",)),
    FileType(f"{_OPEN}presentation", FileKind.DOCUMENT, ("odp",)),
    FileType("text/plain", FileKind.TEXT, ("txt", "text", *_SOURCES, *_COMPILED)),
    FileType("text/csv", FileKind.TEXT, ("csv", "tsv")),
    FileType("text/markdown", FileKind.TEXT, ("md", "markdown")),
    # Not `inline`: a video's track is read all the same, and nobody opens captions by themselves.
    FileType("text/vtt", FileKind.CAPTIONS, ("vtt",)),
)
ALLOWED = {one.content_type: one for one in _TYPES}


def type_of_ending(ending: str) -> FileType | None:
    """Return the type whose names end like this, if it is one that is taken."""
    return next((one for one in _TYPES if ending in one.endings), None)
