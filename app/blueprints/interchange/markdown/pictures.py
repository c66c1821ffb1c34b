"""The images that lessons refer to, found inside the imported folder and nowhere else."""

from pathlib import Path
from urllib.parse import unquote

from app.blueprints.interchange.errors import ImportProblem
from app.blueprints.interchange.markdown.course import ReadImage
from app.blueprints.interchange.markdown.files import is_there
from app.blueprints.interchange.markdown.images import NotAnImage, look_at
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

MAX_BYTES = 10_000_000
"""Of one image."""
MAX_IMAGES = 500


class Pictures:
    """Looks images up for the lessons of one folder, and keeps the problems it meets."""

    def __init__(self, root: Path, problems: list[ImportProblem]) -> None:
        """Find images under `root`, a resolved path."""
        self.root = root
        self.problems = problems
        self.found: dict[str, ReadImage] = {}

    def find(self, source: str, *, alt: str, file: str, line: int) -> ReadImage | None:
        """Return the image `source`, as `file` names it on `line`; None leaves a problem."""
        path = self._look(source, file)
        found = self._read(path, alt) if isinstance(path, Path) else path
        if isinstance(found, ReadImage):
            return found
        self.problems.append(ImportProblem(found, file, line))
        return None

    def _look(self, source: str, file: str) -> Path | Text:
        """Find the file, relative to the lesson's or, as sites do, to the whole folder."""
        wanted = unquote(source.partition("?")[0].partition("#")[0])
        if not wanted or source.startswith("data:"):
            return _l("An image has no file. Save it in the folder and name it here.")
        if wanted.startswith(("/", "\\", "~")) or Path(wanted).is_absolute() or "\0" in wanted:
            return _l("The image %(path)s has an absolute path. Name it from here.", path=wanted)
        places = [(self.root / file).parent / wanted, self.root / wanted]
        inside = [place for place in places if _inside(place, self.root)]
        if not inside:
            return _l("The image %(path)s is outside the folder.", path=wanted)
        for place in inside:
            if is_there(place):
                return place.resolve()
        return _l("There is no image %(path)s.", path=wanted)

    def _read(self, file: Path, alt: str) -> ReadImage | Text:
        path = file.relative_to(self.root).as_posix()
        if path in self.found:
            return self.found[path]
        if file.stat().st_size > MAX_BYTES:
            return _l("The image %(path)s is larger than 10 MB.", path=path)
        if len(self.found) >= MAX_IMAGES:
            return _l("There are more than 500 images.")
        try:
            picture = look_at(file.read_bytes())
        except NotAnImage as reason:
            return _l(
                "%(path)s may not be shown as an image: %(reason)s. "
                "PNG, JPEG, GIF, WebP and plain SVG may.",
                path=path,
                reason=str(reason),
            )
        self.found[path] = ReadImage(path, file, alt, picture)
        return self.found[path]


def _inside(place: Path, root: Path) -> bool:
    """Tell whether `place`, with all links followed, is under `root`."""
    try:
        return place.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
