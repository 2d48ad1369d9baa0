"""Which store this installation uses: ``YOUJU_FILES_URL`` (``s3://bucket/prefix``), else ``var/files``."""

from __future__ import annotations

import os

from youju.foundation.files.stores.folder import FolderStore
from youju.foundation.files.stores.objects import ObjectStore
from youju.foundation.files.stores.protocol import Store
from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError


def store() -> Store:
    """The store in force.

    Raises:
        InputError: the address is none that is understood.
    """
    url = os.environ.get("YOUJU_FILES_URL", "")
    if not url:
        return FolderStore(places.var() / "files")
    if not url.startswith("s3://"):
        raise InputError(
            f"“{url}”不是能用的文件存储地址", where="环境变量 YOUJU_FILES_URL", how="请写成 s3://存储桶/前缀"
        )
    options = {}
    if os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://"):
        options["client_options"] = {"allow_http": True}
    return ObjectStore(url, **options)
