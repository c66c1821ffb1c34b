"""Tables of courses, their people, their versions, their content and their seats."""

from app.blueprints.courses.models.assets import Asset as Asset
from app.blueprints.courses.models.assets import Blob as Blob
from app.blueprints.courses.models.content import LessonBody as LessonBody
from app.blueprints.courses.models.content import LessonBodyAsset as LessonBodyAsset
from app.blueprints.courses.models.content import LessonDraft as LessonDraft
from app.blueprints.courses.models.course import Course as Course
from app.blueprints.courses.models.course import CourseInstructor as CourseInstructor
from app.blueprints.courses.models.course import CourseStatusChange as CourseStatusChange
from app.blueprints.courses.models.course import SeatPool as SeatPool
from app.blueprints.courses.models.course import Subject as Subject
from app.blueprints.courses.models.kinds import CompletionRule as CompletionRule
from app.blueprints.courses.models.kinds import CourseRole as CourseRole
from app.blueprints.courses.models.kinds import CourseStatus as CourseStatus
from app.blueprints.courses.models.kinds import Difficulty as Difficulty
from app.blueprints.courses.models.kinds import EnrollmentType as EnrollmentType
from app.blueprints.courses.models.kinds import LessonKind as LessonKind
from app.blueprints.courses.models.search_table import course_search as course_search
from app.blueprints.courses.models.version import CourseVersion as CourseVersion
from app.blueprints.courses.models.version import Lesson as Lesson
from app.blueprints.courses.models.version import Module as Module
