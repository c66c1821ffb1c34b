"""Courses in and out, through the builder's services."""
