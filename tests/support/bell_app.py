"""The application with the bell's handlers, for commands in processes of their own."""

from tests.support import bell
from wsgi import app

__all__ = ["app", "bell"]
