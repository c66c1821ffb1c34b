"""Which SVG drawings may come in with a course.

Uploads refuse SVG, because it is a document that can run scripts. Courses written elsewhere
are full of figures drawn in it, so the importer, and only the importer, takes those that pass
this strict list: plain shapes, text, gradients and embedded raster images. A drawing with a
script, an event handler, an animation, foreign content, a reference to anything outside, an
entity or a nesting of copies is refused as a whole; nothing is repaired, and the bytes are kept
as they are. Drawings are embedded as <img> only, where browsers run no script and load nothing,
and are served with `nosniff` and `Content-Security-Policy: sandbox; default-src 'none';
style-src 'unsafe-inline'`, so one that is opened by itself is inert too.
"""

import re
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
SILENT = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
)
"""Namespaces of what drawing programs write down for themselves; browsers ignore them."""
ELEMENTS = re.compile(
    "svg|g|defs|title|desc|metadata|symbol|use|switch|path|rect|circle|ellipse|line|polyline"
    "|polygon|text|tspan|textPath|style|clipPath|mask|pattern|marker|linearGradient"
    "|radialGradient|stop|image|filter|feGaussianBlur|feOffset|feBlend|feFlood|feComposite"
    "|feMerge|feMergeNode|feColorMatrix"
)
MAX_ELEMENTS = 50_000
MAX_DEPTH = 100
MOST_TOLD = 10**9
"""Pixels of a side; what is said beyond is too large all the same."""
_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_REACHES_OUT = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:|expression\(|\\", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(px|pt|mm|cm|in)?\s*")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


class UnsafeDrawing(ValueError):
    """The drawing has something that is not on the list; the message names it."""


def checked_size(data: bytes) -> tuple[int | None, int | None]:
    """Return the width and height of a safe drawing in pixels; raises `UnsafeDrawing`."""
    check = _Check()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = check.start
    parser.EndElementHandler = check.end
    parser.CharacterDataHandler = check.text
    parser.StartDoctypeDeclHandler = check.doctype
    parser.EntityDeclHandler = check.entity
    parser.ProcessingInstructionHandler = check.instruction
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsafeDrawing(f"not a drawing (line {error.lineno})") from error
    except UnsafeDrawing:
        raise
    except (LookupError, ValueError) as error:
        raise UnsafeDrawing("not in an encoding that is known here") from error
    check.copies()
    return check.size


class _Check:
    """Listens to the parser and raises at the first thing that is not on the list."""

    def __init__(self) -> None:
        self.size: tuple[int | None, int | None] = (None, None)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.count = 0
        self.style: list[str] = []
        self.copied: set[str] = set()
        self.holds_copies: set[str] = set()

    def doctype(self, name: str, system: str | None, public: str | None, internal: bool) -> None:
        if internal:
            raise UnsafeDrawing("a document type with content")

    def entity(self, *args: object) -> None:
        raise UnsafeDrawing("an entity")

    def instruction(self, target: str, data: str) -> None:
        raise UnsafeDrawing(f"an instruction <?{target}")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH:
            raise UnsafeDrawing("too many elements")
        namespace, _, local = name.rpartition(" ")
        if not self.open and (namespace, local) != (SVG, "svg"):
            raise UnsafeDrawing(f"<{local}>, which is not a drawing")
        if namespace not in SILENT and not (namespace == SVG and ELEMENTS.fullmatch(local)):
            raise UnsafeDrawing(f"<{local}>")
        if not self.open:
            self.size = _size(attributes)
        self.open.append(local)
        self.ids.append(attributes.get("id", ""))
        for key, value in attributes.items():
            self.attribute(local, key, value)

    def attribute(self, element: str, key: str, value: str) -> None:
        namespace, _, local = key.rpartition(" ")
        if local.lower().startswith("on"):
            raise UnsafeDrawing(f"the handler {local}")
        if local == "href" and namespace in ("", XLINK):
            self.reference(element, value.strip())
        elif namespace not in SILENT and _REACHES_OUT.search(value):
            raise UnsafeDrawing(f"{local}={value[:40]}")

    def reference(self, element: str, value: str) -> None:
        if element == "image" and _EMBEDDED.fullmatch(value):
            return
        if not value.startswith("#"):
            raise UnsafeDrawing(f"a reference to {value[:40]}")
        if element == "use":
            self.copied.add(value[1:])
            self.holds_copies.update(self.ids)

    def text(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style.append(data)

    def end(self, name: str) -> None:
        if self.open.pop() == "style" and _REACHES_OUT.search("".join(self.style)):
            raise UnsafeDrawing("a style that reaches outside")
        self.ids.pop()

    def copies(self) -> None:
        """Refuse copies of copies, which can multiply without end."""
        if self.copied & self.holds_copies:
            raise UnsafeDrawing("copies inside copies")


def _size(attributes: dict[str, str]) -> tuple[int | None, int | None]:
    width, height = (_pixels(attributes.get(name, "")) for name in ("width", "height"))
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    if width and height:
        return width, height
    if len(box) == 4:
        return _pixels(box[2]), _pixels(box[3])
    return None, None


def _pixels(length: str) -> int | None:
    found = _LENGTH.fullmatch(length)
    if found is None:
        return None
    return max(1, round(min(float(found[1]) * _PIXELS[found[2]], MOST_TOLD)))
