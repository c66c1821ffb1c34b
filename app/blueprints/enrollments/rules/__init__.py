"""Decisions about places in courses, on plain values."""

from app.blueprints.enrollments.rules.statuses import MEMBERS as MEMBERS
