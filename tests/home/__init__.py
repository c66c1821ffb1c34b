"""Tests of the landing page, the teaching page and the demonstration school."""
