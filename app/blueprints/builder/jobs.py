"""What the worker does for authors by itself."""

from app.blueprints.builder import services
from app.core.periodic import every


@every(hours=24, name="builder.close_idle_sessions")
def close_idle_sessions() -> None:
    """Close the runs of authoring that nobody went on with; what was written stays."""
    services.close_idle_sessions()


@every(hours=24, name="builder.forget_ways_back")
def forget_ways_back() -> None:
    """Forget how old changes could be taken back, and the texts that were kept for it."""
    services.forget_ways_back()
