"""Authoring: the board, lesson drafts, validation, review and publication."""
