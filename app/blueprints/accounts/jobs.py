"""What is done again and again about people: forgetting what need not be kept."""

from app.blueprints.accounts import services
from app.core.periodic import every


@every(hours=24, name="accounts.forget_visitors")
def forget_visitors() -> None:
    """Take network addresses and browsers off what is older than 90 days."""
    services.forget_visitors()
