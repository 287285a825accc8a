"""Pictures in a bucket of Amazon S3, or of another service with the same interface."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from khabarayn.media.port import MediaStoreError, checked_name

_ABSENT = {"404", "NoSuchKey", "NotFound"}
_FOREVER = "public, max-age=31536000, immutable"


class S3Store:
    """Keeps files in ``bucket`` under ``prefix``. boto3 reads keys, region and endpoint from
    ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_DEFAULT_REGION``,
    ``AWS_ENDPOINT_URL``; ``client`` is for tests and special set-ups."""

    def __init__(self, bucket: str, prefix: str = "", client: Any = None) -> None:
        self.bucket = bucket
        self.prefix = f"{prefix}/" if prefix else ""
        self._client = client or boto3.client(
            "s3",
            config=Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                # Services other than Amazon's refuse its newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.prefix + checked_name(name)}

    def put(self, name: str, data: bytes, mime: str) -> None:
        """Upload ``data`` as one object that caches may keep for ever. Raises `MediaStoreError`."""
        place = self._place(name)
        try:
            self._client.put_object(**place, Body=data, ContentType=mime, CacheControl=_FOREVER)
        except (BotoCoreError, ClientError) as error:
            raise MediaStoreError("bucket") from error

    def read(self, name: str) -> bytes | None:
        """Return the object's bytes, or None when there is none. Raises `MediaStoreError`."""
        place = self._place(name)
        try:
            return self._client.get_object(**place)["Body"].read()
        except (BotoCoreError, ClientError) as error:
            if _is_absence(error):
                return None
            raise MediaStoreError("bucket") from error

    def exists(self, name: str) -> bool:
        """Say whether there is an object of this name. Raises `MediaStoreError`."""
        place = self._place(name)
        try:
            self._client.head_object(**place)
        except (BotoCoreError, ClientError) as error:
            if _is_absence(error):
                return False
            raise MediaStoreError("bucket") from error
        return True

    def delete(self, name: str) -> None:
        """Delete the object; one that is not there is no error. Raises `MediaStoreError`."""
        place = self._place(name)
        try:
            self._client.delete_object(**place)
        except (BotoCoreError, ClientError) as error:
            raise MediaStoreError("bucket") from error

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names under the prefix that begin with ``prefix``, in the bucket's order (by
        their UTF-8 bytes)."""
        for item in self._items(prefix):
            yield item["Key"].removeprefix(self.prefix)

    def bulk(self) -> AbstractContextManager[None]:
        """Do nothing: an object is durable as soon as it is uploaded."""
        return nullcontext()

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Yield every name with its size in bytes. Raises `MediaStoreError`."""
        for item in self._items(""):
            yield item["Key"].removeprefix(self.prefix), item["Size"]

    def _items(self, prefix: str) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.prefix + prefix
        )
        try:
            for page in pages:
                yield from page.get("Contents", ())
        except (BotoCoreError, ClientError) as error:
            raise MediaStoreError("bucket") from error


def _is_absence(error: Exception) -> bool:
    return isinstance(error, ClientError) and error.response["Error"]["Code"] in _ABSENT
