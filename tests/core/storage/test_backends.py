"""What every place for stored bytes does, here and with a server that speaks S3."""

import base64
import hashlib
import io
import json
import os
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.storage import LocalStorage, Storage, TooLarge
from app.core.storage.s3 import S3Storage
from tests.support.s3_server import BUCKET

CONTENT = b"Clay holds water." * 100
DIGEST = hashlib.sha256(CONTENT).hexdigest()
AN_HOUR = timedelta(hours=1)


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "local":
        return LocalStorage(tmp_path)
    found: S3Storage = request.getfixturevalue("s3_storage")
    return found


def put(store: Storage) -> None:
    assert store.put(io.BytesIO(CONTENT), most=10_000) == (DIGEST, len(CONTENT))


def test_what_is_put_is_read_again(store: Storage) -> None:
    put(store)
    with store.open(DIGEST) as file:
        assert file.read() == CONTENT
        file.seek(5)
        assert file.read(5) == b"holds"


def test_too_much_is_refused_and_leaves_nothing(store: Storage) -> None:
    with pytest.raises(TooLarge):
        store.put(io.BytesIO(CONTENT), most=len(CONTENT) - 1)
    with pytest.raises(FileNotFoundError):
        store.open(DIGEST)
    assert list(store.kept_before(datetime.now(UTC) + AN_HOUR)) == []


def test_what_is_not_there_is_not_found(store: Storage) -> None:
    for digest in ("0" * 64, "../../etc/passwd", "x"):
        with pytest.raises(FileNotFoundError):
            store.open(digest)
    assert store.delete("0" * 64)


def test_what_is_deleted_is_gone(store: Storage) -> None:
    put(store)
    assert store.delete(DIGEST)
    with pytest.raises(FileNotFoundError):
        store.open(DIGEST)


def test_what_was_kept_since_is_spared(store: Storage) -> None:
    put(store)
    now = datetime.now(UTC)
    assert list(store.kept_before(now - AN_HOUR)) == []
    assert not store.delete(DIGEST, before=now - AN_HOUR)
    assert list(store.kept_before(now + AN_HOUR)) == [DIGEST]
    assert store.delete(DIGEST, before=now + AN_HOUR)


def test_keeping_again_makes_young(tmp_path: Path) -> None:
    store = LocalStorage(tmp_path)
    put(store)
    path = tmp_path / DIGEST[:2] / DIGEST[2:]
    os.utime(path, (0, 0))
    before = datetime.now(UTC) - AN_HOUR
    assert list(store.kept_before(before)) == [DIGEST]
    put(store)
    assert not store.delete(DIGEST, before=before)
    with store.staged(io.BytesIO(CONTENT), most=10_000) as staged:
        before = datetime.now(UTC)
        store.keep(staged)
    assert not store.delete(DIGEST, before=before)


def test_what_crashed_processes_left_is_swept(tmp_path: Path) -> None:
    store = LocalStorage(tmp_path)
    left = store.incoming / "half"
    left.write_bytes(b"x")
    now = datetime.now(UTC)
    assert store.sweep_incoming(now - AN_HOUR) == 0
    os.utime(left, (time.time() - 7200, time.time() - 7200))
    assert store.sweep_incoming(now - AN_HOUR) == 1
    assert not left.exists()


def fetch(address: str) -> tuple[bytes, Any]:
    with urllib.request.urlopen(address, timeout=10) as response:
        return response.read(), response.headers


def test_a_signed_address_sends_the_type_and_name_that_it_was_signed_with(
    s3_storage: S3Storage,
) -> None:
    put(s3_storage)
    way = 'attachment; filename="a b.txt"'
    address = s3_storage.link(DIGEST, content_type="text/plain", disposition=way, seconds=60)
    assert address
    assert address.startswith(s3_storage.origin)
    content, headers = fetch(address)
    assert content == CONTENT
    assert headers["Content-Type"] == "text/plain"
    assert headers["Content-Disposition"] == way


def test_what_a_browser_sends_is_found_under_its_token(s3_storage: S3Storage, bucket: Any) -> None:
    bucket.put_object(Bucket=BUCKET, Key="incoming/abc", Body=CONTENT)
    with s3_storage.arrived("abc", most=len(CONTENT)) as file:
        assert file.read() == CONTENT
    with pytest.raises(TooLarge):
        s3_storage.arrived("abc", most=10)
    with pytest.raises(FileNotFoundError):
        s3_storage.arrived("other", most=10)
    assert s3_storage.sweep_incoming(datetime.now(UTC) - AN_HOUR) == 0
    s3_storage.forget_arrival("abc")
    assert s3_storage.sweep_incoming(datetime.now(UTC) + AN_HOUR) == 0


def test_an_entrance_names_the_most_that_it_takes(s3_storage: S3Storage) -> None:
    entrance = s3_storage.entrance("abc", size=10, seconds=60)
    assert entrance.url.startswith(s3_storage.origin)
    assert entrance.fields["key"] == "incoming/abc"
    policy = json.loads(base64.b64decode(entrance.fields["policy"]))
    assert ["content-length-range", 1, 10] in policy["conditions"]
    assert {"key": "incoming/abc"} in policy["conditions"]
