"""Who is in a course; the only writer of seat pools."""
