"""Courses kept as folders of Markdown, read without a database."""

from app.blueprints.interchange.markdown.course import Block as Block
from app.blueprints.interchange.markdown.course import ReadCourse as ReadCourse
from app.blueprints.interchange.markdown.course import ReadImage as ReadImage
from app.blueprints.interchange.markdown.course import ReadLesson as ReadLesson
from app.blueprints.interchange.markdown.course import ReadModule as ReadModule
from app.blueprints.interchange.markdown.reader import read_course as read_course
