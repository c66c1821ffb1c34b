"""The closed sets of words that courses are described with."""

import enum


class CourseStatus(enum.StrEnum):
    """Where a course stands in its life."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class CourseRole(enum.StrEnum):
    """What somebody does in a course."""

    OWNER = "owner"
    INSTRUCTOR = "instructor"
    ASSISTANT = "assistant"


class EnrollmentType(enum.StrEnum):
    """How people get into a course."""

    OPEN = "open"
    APPROVAL = "approval"
    RESTRICTED = "restricted"


class Difficulty(enum.StrEnum):
    """What a course asks of those who take it."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class LessonKind(enum.StrEnum):
    """What a lesson mostly is; it chooses the icon."""

    TEXT = "text"
    VIDEO = "video"
    CODE = "code"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"
    FILE = "file"


class CompletionRule(enum.StrEnum):
    """What completes a lesson."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"
    TIMED = "timed"


class TemplateReach(enum.StrEnum):
    """Who may begin a course from a template."""

    MINE = "mine"
    EVERYONE = "everyone"


class InvitationOutcome(enum.StrEnum):
    """How an invitation to teach ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"
