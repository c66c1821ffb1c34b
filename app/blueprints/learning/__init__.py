"""The player, progress, completion and certificates."""
