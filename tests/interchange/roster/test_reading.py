"""Lists of people: whatever wrote them, each row is somebody, or says on its line why not."""

import csv
import io
import time
import zipfile

import pytest

from app.blueprints.interchange.errors import NotImportable
from app.blueprints.interchange.roster import MOST_BYTES, MOST_ROWS, ReadPerson, read_people
from app.core.storage import TooLarge
from tests.interchange.archives import zipped
from tests.interchange.roster.files import SECRET, USERS, bundle
from tests.material import material

pytestmark = pytest.mark.usefixtures("app")
PLAIN = "E-Mail;Name;Gruppe\nada@example.org;Ada Ökafor;Spring\n"


def read(content: bytes | str) -> list[ReadPerson]:
    sent = content.encode() if isinstance(content, str) else content
    return read_people(io.BytesIO(sent), "people.csv")


def refusal(content: bytes | str) -> str:
    with pytest.raises(NotImportable) as refused:
        read(content)
    return str(refused.value)


def told(content: bytes | str) -> dict[int, str]:
    """What is wrong, by line."""
    return {one.line: str(one.problem) for one in read(content) if one.problem}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]
)
def test_every_encoding_is_told(encoding: str) -> None:
    [one] = read(PLAIN.encode(encoding))
    assert (one.line, one.email, one.name) == (2, "ada@example.org", "Ada Ökafor")
    assert one.cohort == "Spring"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_is_told(separator: str, end: str) -> None:
    text = f"name{separator}email{end}Ada{separator}ADA@example.org{end}"
    [one] = read(text)
    assert (one.line, one.email, one.name) == (2, "ada@example.org", "Ada")


def test_lines_are_counted_through_quoted_ones_and_empty_ones() -> None:
    text = 'name,email\n"Ada\nOkafor, of ""Soil""",ada@example.org\n\n,\nx,nobody\n'
    first, second = read(text)
    assert (first.line, first.name) == (2, 'Ada Okafor, of "Soil"')
    assert (second.line, str(second.problem)) == (6, "“nobody” is no e-mail address.")


@pytest.mark.parametrize("text", ["ada@example.org\nben@example.org", "sep=;\nemail;x\na@b.org;1"])
def test_addresses_alone_and_the_line_that_excel_adds(text: str) -> None:
    assert not told(text)
    assert read(text)[0].email in ("ada@example.org", "a@b.org")


def test_one_address_is_taken_once() -> None:
    text = "email\nada@example.org\nben@example.org\nADA@example.org\n"
    assert told(text) == {4: "Line 2 has the same address."}


def test_rows_that_say_too_much_or_nothing() -> None:
    text = "email,name\nada@example.org,Ada,more\n,Ben\nchi@example.org\n"
    assert told(text) == {
        2: "It has more cells than the first line.",
        3: "There is no e-mail address.",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "nobody in it"),
        ("\n \n", "nobody in it"),
        ("name\nAda\n", "No column is called"),
        ("one column without anything", "No column is called"),
        ('email\n"ada@example.org\n', "people.csv:2"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not a text file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "Excel workbook"),
        (zipped({"xl/workbook.xml": "<x/>"}), "Excel workbook"),
        (zipped({"people.csv": PLAIN}), "no users.csv"),
        (b"PK\x03\x04 and then nothing of the kind", "cannot be opened"),
        ("email\n" + "x@y.org\n" * (MOST_ROWS + 1), "more than 20,000 rows"),
        ("email\n" + "x" * 200_000, "cannot be read"),
    ],
)
def test_what_is_no_list_of_people_is_refused_in_words(content: bytes | str, words: str) -> None:
    assert words in refusal(content)


def test_a_file_of_a_hundred_megabytes_is_not_even_read() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= MOST_BYTES + 1
            return bytes(size)

    with pytest.raises(TooLarge):
        read_people(Endless(), "people.csv")  # type: ignore[arg-type]


def test_a_zip_that_swells_is_not_unpacked() -> None:
    with pytest.raises(TooLarge):
        read(zipped({"users.csv": b"email\n" + b"a" * (MOST_BYTES + 1)}))
    assert "200 files" in refusal(zipped({f"{n}.csv": "" for n in range(201)}))


def test_of_a_bundle_only_those_are_taken_who_learn() -> None:
    people = read(bundle())
    assert [one.email for one in people if not one.problem] == ["ada@example.org"]
    assert told(bundle()) == {
        3: "It is marked as to be deleted.",
        4: "The account is switched off where this comes from.",
        5: "No class in this file has them as a learner.",
        6: "This is nobody who learns.",
        7: "No class in this file has them as a learner.",
    }


@pytest.mark.parametrize("content", [USERS.encode(), bundle()])
def test_passwords_go_no_further_even_from_the_wrong_column(content: bytes) -> None:
    assert SECRET not in repr(read(content))
    assert SECRET not in repr(told(content))


def test_a_large_list_is_read_at_once() -> None:
    rows = "".join(f"p{n}@example.org,Person {n}\n" for n in range(10_000))
    began = time.monotonic()
    assert len(read("email,name\n" + rows)) == 10_000
    assert time.monotonic() - began < 10


def test_real_bundles_come_in_without_their_passwords() -> None:
    bundles = sorted(material("roster").rglob("*.zip"))
    assert bundles
    for path in bundles:
        with zipfile.ZipFile(path) as archive:
            users = list(csv.DictReader(archive.read("users.csv").decode("utf-8-sig").splitlines()))
        people = read(path.read_bytes())
        assert len(people) == len(users)
        secrets = {row["password"] for row in users} - {""}
        assert not [one for one in secrets if one in repr(people)]
