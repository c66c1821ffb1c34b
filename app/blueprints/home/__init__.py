"""The landing page, the teaching overview, health and the style page."""
