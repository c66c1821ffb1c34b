"""Reads of people and their sessions."""

from app.blueprints.accounts.queries.people import find_actor as find_actor
