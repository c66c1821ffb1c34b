"""The outbox: what is to be done after a commit, kept in the same commit, done once."""
