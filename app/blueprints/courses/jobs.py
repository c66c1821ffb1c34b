"""What the worker does for courses by itself."""

from app.blueprints.courses import services
from app.core.db import after_commit
from app.core.periodic import every


@every(hours=24, name="courses.sweep_bodies")
def sweep_bodies() -> None:
    """Delete the texts that no version uses any more."""
    services.sweep_bodies()


@every(hours=24, name="courses.sweep_files")
def sweep_files() -> None:
    """Delete the files that nobody uses any more: first their rows, then, outside, their bytes."""
    services.sweep_assets()
    after_commit(services.sweep_files)


@every(hours=1, name="courses.sweep_arrivals")
def sweep_arrivals() -> None:
    """Delete the traces of files that never came."""
    services.sweep_arrivals()
