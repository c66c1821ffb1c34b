"""Decisions about notices: what each kind says, to whom it is told, when mail is tried again."""
