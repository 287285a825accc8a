"""Open the media store that a setting names."""

from __future__ import annotations

from importlib import import_module
from urllib.parse import urlsplit

from khabarayn.media.folder import FolderStore
from khabarayn.media.port import MediaStore


def open_store(url: str) -> MediaStore:
    """Return the store at ``url``: a folder's path, ``file://…`` or ``s3://bucket/prefix``.

    Raises ``ValueError`` when ``url`` names neither. Keys and the endpoint of a bucket come
    from the usual ``AWS_…`` variables.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3":
        if not parts.netloc:
            raise ValueError(f"no bucket in {url!r}")
        # boto3 takes most of a second and 25 MB, which a paper with a folder need not pay.
        s3 = import_module("khabarayn.media.s3")
        return s3.S3Store(parts.netloc, parts.path.strip("/"))
    if parts.scheme == "file":
        return FolderStore(parts.path)
    if parts.scheme or not url:
        raise ValueError(f"pictures are kept in a folder or in s3://bucket/prefix, not {url!r}")
    return FolderStore(url)
