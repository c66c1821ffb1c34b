"""What the worker does for imports by itself."""

from app.blueprints.interchange import services
from app.core.periodic import every


@every(hours=1, name="interchange.give_up")
def give_up() -> None:
    """End the imports that were cut off again and again."""
    services.give_up()


@every(hours=1, name="interchange.forget_lists")
def forget_lists() -> None:
    """Forget the lists of people that nobody agreed to for a day."""
    services.forget_lists()
