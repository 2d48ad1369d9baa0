"""An S3-compatible store through ``obstore``; the optional extra ``s3`` of the package."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from youju.foundation.kernel.errors import InputError

_SPOOL = 8 * 1024 * 1024
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")


class ObjectStore:
    """Contents as objects ``<prefix>/ab/cd/abcd…``. Address and keys: ``AWS_ENDPOINT_URL``, ``AWS_ACCESS_KEY_ID``,
    ``AWS_SECRET_ACCESS_KEY``, ``AWS_REGION`` in the environment, as everywhere.
    """

    def __init__(self, url: str, **options: Any) -> None:
        try:
            from obstore.store import from_url
        except ImportError as error:
            raise InputError(
                "没有安装对象存储所需的程序库 obstore",
                where="环境变量 YOUJU_FILES_URL",
                how="请安装本程序的 s3 附加项，或去掉这个环境变量",
            ) from error
        self.remote: Any = from_url(url, **options)

    def put(self, sha256: str, source: Path) -> None:
        """See ``Store``; ``source`` is removed once the store has confirmed."""
        import obstore

        if self.size(sha256) != source.stat().st_size:
            obstore.put(self.remote, _key(sha256), source)
        source.unlink()

    def open(self, sha256: str) -> BinaryIO:
        """See ``Store``; a large content is spooled to disk."""
        import obstore

        try:
            answer = obstore.get(self.remote, _key(sha256))
        except FileNotFoundError:
            raise
        spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - handed to the caller, who closes it
        for chunk in answer.stream():
            spool.write(bytes(chunk))
        spool.seek(0)
        return cast(BinaryIO, spool)

    def size(self, sha256: str) -> int | None:
        """See ``Store``."""
        import obstore

        try:
            return int(obstore.head(self.remote, _key(sha256))["size"])
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        """See ``Store``."""
        import obstore

        if self.size(sha256) is not None:
            obstore.delete(self.remote, _key(sha256))

    def names(self) -> Iterator[tuple[str, datetime]]:
        """See ``Store``."""
        import obstore

        for batch in obstore.list(self.remote):
            for each in batch:
                path = str(each["path"])
                # Whatever else lies in the bucket is not ours.
                if _KEY.fullmatch(path) and path == _key(path[-64:]):
                    yield path[-64:], each["last_modified"]


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
