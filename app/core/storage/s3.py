"""Bytes with a service that speaks S3: browsers send and fetch them there, with signed addresses.

`blobs/<digest>` are kept, `incoming/<token>` are on their way.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Any
from urllib.parse import urlsplit

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError

from app.config import S3Settings
from app.core.storage.base import Entrance, Staged, copied

_IN_MEMORY = 1024 * 1024
_SECONDS = 10
# The service tells no more than the second in which something was kept.
_WITHIN = timedelta(seconds=1)
_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})


class S3Storage:
    """Objects in one bucket, which has to be there and to belong to Lectern alone."""

    def __init__(self, settings: S3Settings) -> None:
        """Speak to the service of `settings`, whose address is asked for nothing yet."""
        self.bucket = settings.bucket
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=settings.endpoint or None,
            region_name=settings.region,
            aws_access_key_id=settings.key,
            aws_secret_access_key=settings.secret,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if settings.endpoint else "virtual"},
                connect_timeout=_SECONDS,
                read_timeout=_SECONDS * 3,
                retries={"max_attempts": 2},
            ),
        )
        parts = urlsplit(self._signed("x", 1))
        self.origin = f"{parts.scheme}://{parts.netloc}"

    @contextmanager
    def staged(self, stream: IO[bytes], *, most: int) -> Iterator[Staged]:
        """Send the bytes under their digest; what is not kept then is swept within a day.

        Sent even if they are there: that makes them young, so that no sweep takes them away.
        """
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
            digest, size = copied(stream, copy, most)
            copy.seek(0)
            self.client.upload_fileobj(copy, self.bucket, _kept(digest))
        yield Staged(digest, size, _kept(digest))

    def keep(self, staged: Staged) -> None:
        """They lie under their digest already: nothing is sent within a transaction."""

    def put(self, stream: IO[bytes], *, most: int) -> tuple[str, int]:
        """Send the bytes under their digest."""
        with self.staged(stream, most=most) as staged:
            return staged.digest, staged.size

    def open(self, digest: str) -> IO[bytes]:
        """Fetch the object into a file of our own, in which one can go back and forth."""
        return self._fetched(_kept(digest))

    def delete(self, digest: str, *, before: datetime | None = None) -> bool:
        """Remove the object of `digest`."""
        if before is not None and not self._is_older(_kept(digest), before):
            return False
        self.client.delete_object(Bucket=self.bucket, Key=_kept(digest))
        return True

    def link(self, digest: str, *, content_type: str, disposition: str, seconds: int) -> str | None:
        """Return an address that is signed together with the type that it is sent as."""
        return self._signed(
            _kept(digest),
            seconds,
            ResponseContentType=content_type,
            ResponseContentDisposition=disposition,
        )

    def entrance(self, token: str, *, size: int, seconds: int) -> Entrance:
        """Return a form's address and fields, good for one file of at most `size` bytes."""
        signed = self.client.generate_presigned_post(
            self.bucket,
            _coming(token),
            Conditions=[["content-length-range", 1, size]],
            ExpiresIn=seconds,
        )
        return Entrance(signed["url"], dict(signed["fields"]))

    def arrived(self, token: str, *, most: int) -> IO[bytes]:
        """Fetch what was sent under `token`."""
        return self._fetched(_coming(token), most)

    def forget_arrival(self, token: str) -> None:
        """Remove what was sent under `token`."""
        self.client.delete_object(Bucket=self.bucket, Key=_coming(token))

    def kept_before(self, before: datetime) -> Iterator[str]:
        """Give the digests of the objects last sent before then."""
        for key in self._older("blobs/", before):
            yield key.removeprefix("blobs/")

    def sweep_incoming(self, before: datetime) -> int:
        """Remove what was sent and never asked for."""
        old = list(self._older("incoming/", before))
        for key in old:
            self.client.delete_object(Bucket=self.bucket, Key=key)
        return len(old)

    def _signed(self, key: str, seconds: int, **more: str) -> str:
        parameters = {"Bucket": self.bucket, "Key": key, **more}
        address = self.client.generate_presigned_url("get_object", parameters, ExpiresIn=seconds)
        return str(address)

    def _fetched(self, key: str, most: int | None = None) -> IO[bytes]:
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        try:
            body = self.client.get_object(Bucket=self.bucket, Key=key)["Body"]
            copied(body, file, most if most is not None else 2**63)
        except BaseException as error:
            file.close()
            if isinstance(error, ClientError) and error.response["Error"]["Code"] in _MISSING:
                raise FileNotFoundError(key) from error
            raise
        file.seek(0)
        return file

    def _is_older(self, key: str, moment: datetime) -> bool:
        try:
            found = self.client.head_object(Bucket=self.bucket, Key=key)
            return bool(found["LastModified"] + _WITHIN < moment)
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return False
            raise

    def _older(self, prefix: str, moment: datetime) -> Iterator[str]:
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
            for found in page.get("Contents", ()):
                if found["LastModified"] < moment:
                    yield found["Key"]


def _kept(digest: str) -> str:
    return f"blobs/{digest}"


def _coming(token: str) -> str:
    return f"incoming/{token}"
