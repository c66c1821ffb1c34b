"""A server that speaks S3, for tests of what lies there; one for each process of the run."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

from app import create_app
from app.config import S3Settings
from app.core.db import db
from app.core.storage.s3 import S3Storage
from tests.support import run
from tests.support.client import CheckedClient
from tests.support.databases import Database, settings_for

BUCKET = "lectern"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of the server that the tests of this process share."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str) -> Any:
    """An empty bucket, as its owner sees it from outside."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    client = boto3.client("s3", endpoint_url=s3_server, region_name="us-east-1", **keys)
    client.create_bucket(Bucket=BUCKET)
    for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        client.delete_object(Bucket=BUCKET, Key=one["Key"])
    return client


@pytest.fixture
def s3_storage(s3_server: str, bucket: Any) -> S3Storage:
    """Our side of it."""
    return S3Storage(S3Settings(BUCKET, s3_server, "us-east-1", "test", "test"))


@pytest.fixture
def s3_app(database: Database, s3_server: str, bucket: Any) -> Iterator[Flask]:
    """The application as it is when files lie with S3."""
    s3 = {"STORAGE": "s3", "S3_BUCKET": BUCKET, "S3_ENDPOINT": s3_server}
    keys = {"S3_ACCESS_KEY": "test", "S3_SECRET_KEY": "test"}
    app = create_app(settings_for(database.url, run.own_folder() / "instance-s3", **s3, **keys))
    app.test_client_class = CheckedClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def keys_in(bucket: Any) -> list[str]:
    """What lies in the bucket."""
    listed = bucket.list_objects_v2(Bucket=BUCKET).get("Contents", ())
    return sorted(str(one["Key"]) for one in listed)
