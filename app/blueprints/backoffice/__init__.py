"""Administration over all domains."""
