"""Both stores, each empty."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from youju.foundation.kernel import places


@pytest.fixture(params=["folder", "s3"])
def each_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The room over each store in turn."""
    shutil.rmtree(places.var() / "files", ignore_errors=True)
    if request.param == "folder":
        yield "folder"
    else:
        from apps.foundation.files.s3_server import serve

        server = serve()
        host, port = server.server_address[:2]
        monkeypatch.setenv("YOUJU_FILES_URL", "s3://youju/files")
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name, value in (("ACCESS_KEY_ID", "test"), ("SECRET_ACCESS_KEY", "test"), ("REGION", "local")):
            monkeypatch.setenv(f"AWS_{name}", value)
        yield "s3"
        server.shutdown()
        server.server_close()
    shutil.rmtree(places.var() / "files", ignore_errors=True)
