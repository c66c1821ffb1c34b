"""Types are told from bytes: what is taken, what is refused, and in which words."""

import io

import pytest

from app.core.errors import Invalid
from app.core.files import NotAllowed, detect
from tests.factories import files

OFFICE = "application/vnd.openxmlformats-officedocument"
TAKEN = [
    (files.picture("PNG"), "a.png", "image/png"),
    (files.picture("JPEG"), "a.jpeg", "image/jpeg"),
    (files.picture("GIF"), "a.gif", "image/gif"),
    (files.picture("WEBP"), "a.webp", "image/webp"),
    (files.picture("AVIF"), "a.avif", "image/avif"),
    (files.MP4, "a.mp4", "video/mp4"),
    (files.WEBM, "a.webm", "video/webm"),
    (files.MP3, "a.mp3", "audio/mpeg"),
    (b"ID3\x04" + bytes(60), "a.mp3", "audio/mpeg"),
    (files.OGG, "a.ogg", "audio/ogg"),
    (files.M4A, "a.m4a", "audio/mp4"),
    (files.PDF, "a.pdf", "application/pdf"),
    (files.office(), "a.docx", f"{OFFICE}.wordprocessingml.document"),
    (files.office("xl/workbook.xml"), "a.xlsx", f"{OFFICE}.spreadsheetml.sheet"),
    (files.office("ppt/presentation.xml"), "a.pptx", f"{OFFICE}.presentationml.presentation"),
    (files.open_document(), "a.odt", "application/vnd.oasis.opendocument.text"),
    (b"plain \xc3\xbc\n", "a.txt", "text/plain"),
    (b"# Title <script>", "a.md", "text/markdown"),
    (b"a,b\n1,2\n", "a.csv", "text/csv"),
    (files.VTT, "a.vtt", "text/vtt"),
    (b"\xef\xbb\xbf" + files.VTT, "a.vtt", "text/vtt"),
]


def found(content: bytes, name: str) -> str:
    return detect(io.BytesIO(content), name).content_type


@pytest.mark.parametrize(("content", "name", "content_type"), TAKEN)
def test_what_is_taken(content: bytes, name: str, content_type: str) -> None:
    assert found(content, name) == content_type


def test_a_name_without_an_ending_is_no_lie() -> None:
    assert found(files.picture("PNG"), "scan") == "image/png"
    assert found(files.picture("PNG"), "scan.final") == "image/png"


def test_a_picture_may_be_named_as_another_kind_of_picture() -> None:
    assert found(files.picture("PNG"), "photo.jpg") == "image/png"


def test_reading_ends_at_the_beginning() -> None:
    stream = io.BytesIO(files.PDF)
    detect(stream, "a.pdf")
    assert stream.tell() == 0


REFUSED = [
    (files.SVG, "a.svg", "SVG"),
    (files.SVG, "a.png", "SVG"),
    (b'\xef\xbb\xbf\n  <?xml version="1.0"?>' + files.SVG, "a.svg", "SVG"),
    (files.PAGE, "a.html", "Web pages"),
    (files.PAGE, "a.png", "Web pages"),
    (files.PAGE, "notes.txt", "Web pages"),
    (b"  <!-- x --><html>", "a.md", "Web pages"),
    (b"MZ" + bytes(100), "setup.exe", "not taken"),
    (b"MZ" + bytes(100), "picture.png", "not taken"),
    (b"#!/bin/sh\nrm -rf /\n", "x.sh", "not taken"),
    (b"just words", "a.png", "not taken"),
    (b"just words", "noending", "not taken"),
    (b"text\x00more", "a.txt", "not taken"),
    (b"\xff\xfe\x41", "a.txt", "not in UTF-8"),
    (b"\xff\xfe\x41", "a.bin", "not taken"),
    (files.MATROSKA, "a.webm", "not taken"),
    (files.MP4.replace(b"ftypisom", b"ftypqt  "), "a.mov", "not taken"),
    (b"OggS" + bytes(24) + b"\x80theora" + bytes(40), "a.ogg", "not taken"),
    (files.archive({"a.txt": b"x"}), "a.zip", "Archives"),
    (files.archive({"a.txt": b"x"}), "a.docx", "Archives"),
    (files.office(also="word/vbaProject.bin"), "a.docx", "macros"),
    (b"PK\x03\x04 and then nothing", "a.docx", "Archives"),
    (b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF", "a.pdf", "whole PDF"),
    (b"%PDF-1.4\nno end", "a.pdf", "whole PDF"),
    (b"<html>" + files.PDF, "a.pdf", "Web pages"),
    (files.picture("PNG"), "a.pdf", "The name says PDF, but the file holds PNG"),
    (files.PDF, "a.png", "The name says PNG, but the file holds PDF"),
]


@pytest.mark.parametrize(("content", "name", "told"), REFUSED)
def test_what_is_refused(content: bytes, name: str, told: str) -> None:
    with pytest.raises(NotAllowed, match=told):
        found(content, name)


def test_a_document_that_swells_is_refused() -> None:
    with pytest.raises(NotAllowed, match="unpacks"):
        found(files.office(also="word/media.bin", content=bytes(30_000_000)), "a.docx")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        found(b"", "a.png")
    assert str(caught.value.fields["file"]) == "This file is empty."
