"""Tests of accounts: log-in, sessions, settings."""
