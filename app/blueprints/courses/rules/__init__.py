"""Decisions about courses on plain values."""
