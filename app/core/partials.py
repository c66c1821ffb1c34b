"""Partials for the registries: a panel of a higher floor, drawn for a lower page."""

from typing import Any

from flask import render_template
from markupsafe import Markup


def partial(template: str, **context: Any) -> Markup:
    """Return one of our own partials as HTML; Jinja has escaped what it shows."""
    return Markup(render_template(template, **context))  # noqa: S704
