"""What must hold when many come at once, and how fast it goes."""
