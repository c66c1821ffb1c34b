"""Tests of places in courses."""
