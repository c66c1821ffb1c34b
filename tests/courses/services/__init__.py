"""Writes to courses."""
