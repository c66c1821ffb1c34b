"""Stored bytes, addressed by their SHA-256; a name that a person gave never becomes a path.

The settings choose where they lie: in a folder of this machine, or with a service that speaks S3.
"""

from flask import Flask, current_app

from app.core.storage.base import CHUNK as CHUNK
from app.core.storage.base import Entrance as Entrance
from app.core.storage.base import Staged as Staged
from app.core.storage.base import Storage as Storage
from app.core.storage.base import TooLarge as TooLarge
from app.core.storage.local import LocalStorage as LocalStorage


def storage() -> Storage:
    """Return the application's storage."""
    backend: Storage = current_app.extensions["storage"]
    return backend


def init_app(app: Flask) -> None:
    """Choose the backend; files lie beside the database unless told otherwise."""
    settings = app.config["SETTINGS"]
    if settings.s3 is None:
        app.extensions["storage"] = LocalStorage(settings.instance / "blobs")
        return
    # Loaded only where it is used: the client library takes a second and 40 MB.
    from app.core.storage.s3 import S3Storage

    app.extensions["storage"] = S3Storage(settings.s3)
