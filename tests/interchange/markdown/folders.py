"""Folders of Markdown to test with."""

from pathlib import Path
from typing import Any

from app.blueprints.interchange.markdown import Block, ReadCourse, read_course
from tests.factories.files import picture

PNG = picture("PNG", (40, 30))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><path d="M0 0"/></svg>'


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write `files` under `root`, which is returned."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def read(root: Path, files: dict[str, str | bytes]) -> ReadCourse:
    return read_course(write(root, files))


def read_lesson(root: Path, text: str, **images: bytes) -> list[Block]:
    """Read one lesson, beside images `a` and so on under `fig/`."""
    files: dict[str, str | bytes] = {f"fig/{name}.png": data for name, data in images.items()}
    return list(read(root, {"one.md": text, **files}).lessons[0].blocks)


def bare(blocks: list[Block] | tuple[Block, ...]) -> list[Any]:
    """Say blocks briefly: text as its HTML, the others as tuples."""
    brief: list[Any] = []
    for block in blocks:
        match block["type"]:
            case "text":
                brief.append(block["html"])
            case "code":
                brief.append((block["language"], block["code"]))
            case "image":
                brief.append((block["asset"], block["alt"], block["caption"]))
            case "embed":
                brief.append((block["url"], block["title"]))
            case "callout":
                brief.append((block["kind"], block["title"], bare(block["blocks"])))
    return brief
