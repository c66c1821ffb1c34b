"""What the worker does for courses by itself."""

from app.blueprints.courses import services
from app.core.periodic import every


@every(hours=24, name="courses.sweep_bodies")
def sweep_bodies() -> None:
    """Delete the texts that no version uses any more."""
    services.sweep_bodies()
