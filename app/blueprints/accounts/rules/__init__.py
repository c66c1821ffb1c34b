"""Decisions about people at the door, on plain values."""
