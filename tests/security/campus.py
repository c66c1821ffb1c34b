"""What every walk is given."""

from dataclasses import dataclass

from flask import Flask

from tests.security.books import Books
from tests.security.schools import School


@dataclass(frozen=True)
class Campus:
    """The application with both schools; walks are made as people of the first."""

    app: Flask
    first: School
    second: School
    books: Books
