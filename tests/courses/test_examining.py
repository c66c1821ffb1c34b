"""What jobs find out about files: small pictures, lengths of films."""

import io

import pytest
from flask import Flask
from PIL import Image

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Asset, Blob, Course
from app.core.db import db
from app.core.storage import storage
from tests.courses.uploading import kept_files, run_media_jobs, upload
from tests.factories import files
from tests.factories.accounts import make_user, sign_in
from tests.support import both_databases
from tests.support.client import CheckedClient


def blob_of(asset: Asset) -> Blob:
    """The stored bytes as the database has them now."""
    return db.session.get_one(Blob, asset.blob_id)


@both_databases
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_picture_gets_a_small_one(
    app: Flask, client: CheckedClient, teacher: User, course: Course, kind: str
) -> None:
    content = files.picture(kind, (1200, 900))
    asset = upload(teacher, course, content, f"map.{kind.lower()}")
    address = f"/media/{asset.public_id}/thumbnail"
    assert client.get(address).status_code == 404
    assert run_media_jobs() == 1
    sent = client.get(address)
    assert (sent.status_code, sent.headers["Content-Type"]) == (200, "image/webp")
    with Image.open(io.BytesIO(sent.data)) as small:
        assert small.size == (480, 360)
    assert app.test_client().get(address).status_code == 404
    stranger = app.test_client()
    sign_in(stranger, make_user())
    assert stranger.get(address).status_code == 404


def test_done_twice_it_is_done_once(teacher: User, course: Course) -> None:
    asset = upload(teacher, course, files.picture(size=(600, 600)))
    run_media_jobs()
    first, there = blob_of(asset).thumbnail_id, kept_files()
    assert run_media_jobs() == 0
    upload(teacher, course, files.picture(size=(600, 600)))
    assert (blob_of(asset).thumbnail_id, kept_files()) == (first, there)


def test_a_file_that_has_gone_is_no_failure(teacher: User, course: Course) -> None:
    asset = upload(teacher, course, files.picture(size=(610, 600)))
    storage().delete(blob_of(asset).digest)
    assert run_media_jobs() == 1
    assert blob_of(asset).thumbnail_id is None


@both_databases
def test_a_film_gets_its_length(teacher: User, course: Course) -> None:
    asset = upload(teacher, course, files.film(seconds=83, size=(640, 360)), "a.mp4")
    run_media_jobs()
    found = blob_of(asset)
    assert (found.seconds, found.width, found.height) == (83, 640, 360)


def test_a_document_is_left_alone(teacher: User, course: Course) -> None:
    asset = upload(teacher, course, files.PDF, "a.pdf")
    run_media_jobs()
    found = blob_of(asset)
    assert (found.seconds, found.thumbnail_id) == (None, None)
