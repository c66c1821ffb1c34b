"""The settings of a course, over HTTP and as services."""
