"""`flask serve`: one command that prepares the database and runs every process of a small school.

Production starts the same processes apart, under its own supervisor.
"""
