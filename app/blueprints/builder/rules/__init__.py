"""Decisions of authoring on plain values: order, readiness, changes of texts."""
