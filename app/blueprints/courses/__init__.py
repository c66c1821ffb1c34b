"""Courses, their versions and their content, and the public catalogue."""
