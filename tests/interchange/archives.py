"""Zip archives for tests: good ones, and the hostile ones of the design's list."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping

GOOD = {
    "course/index.md": "# Bread\n\nBake it.",
    "course/config.yaml": "title: Bread\n",
    "course/1-dough/1-flour.md": "---\ntitle: Flour\n---\nWeigh it.",
    "course/1-dough/2-water.md": "---\ntitle: Water\n---\nWarm it.",
}
Files = Mapping[str, str | bytes]


def zipped(files: Files, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def linked() -> bytes:
    """A symbolic link to a file outside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("1-a.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def doubled() -> bytes:
    """Two files of one name; zipfile warns of it when it is written."""
    twin = zipped({"a-1.md": "one", "a-2.md": "two"})
    return twin.replace(b"a-2.md", b"a-1.md")


def lying() -> bytes:
    """Fifty megabytes that say they are ten bytes."""
    honest = bytearray(zipped({"a.md": b"x" * 50_000_000}))
    size = struct.pack("<I", 50_000_000)
    return bytes(honest.replace(size, struct.pack("<I", 10)))


def encrypted() -> bytes:
    """A file with a password."""
    plain = bytearray(zipped({"a.md": "secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        plain[plain.index(mark) + offset] |= 1
    return bytes(plain)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "slip": lambda: zipped({"../../outside.md": "x"}),
    "slip with backslashes": lambda: zipped({"..\\outside.md": "x"}),
    "absolute": lambda: zipped({"/tmp/outside.md": "x"}),
    "drive": lambda: zipped({"C:outside.md": "x"}),
    "symlink": linked,
    "duplicate": doubled,
    "case clash": lambda: zipped({"A.md": "x", "a.md": "y"}),
    "file and folder": lambda: zipped({"a.md": "x", "a.md/b.md": "y"}),
    "nested": lambda: zipped({"a.md": "x", "inner.zip": zipped({"b.md": "y"})}),
    "1000:1": lambda: zipped({f"{n}.md": b"\0" * 50_000_000 for n in range(3)}),
    "over 200 MB": lambda: zipped({f"{n}.md": b"a" * 50_000_000 for n in range(5)}),
    "100k entries": lambda: zipped({f"{n}.md": "" for n in range(100_000)}, method=0),
    "lying size": lying,
    "banned type": lambda: zipped({"a.md": "x", "run.exe": b"MZ"}),
    "xxe": lambda: zipped(
        {
            "a.md": "![picture](p.svg)",
            "p.svg": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            '<svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        }
    ),
    "yaml bomb": lambda: zipped(
        {
            "config.yaml": "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "objectives: *i\nlessons: *i\n",
        }
    ),
    "password": encrypted,
    "other packing": lambda: zipped({"a.md": "x" * 100}, method=zipfile.ZIP_LZMA),
    "no archive": lambda: b"PK\x03\x04 and then nothing",
    "cut off": lambda: zipped({"a.md": "x" * 1000})[:-30],
}
