"""Files that are too large are refused while they arrive: counted, not kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole

MAX_BYTES = "foundation.documents.max_file_bytes"


def most_bytes() -> int:
    """How large an uploaded file may be today."""
    return whole(law_on(timezone.localdate()), MAX_BYTES)


def too_large(name: str, most: int) -> InputError:
    """The sentence for a file beyond the limit."""
    return InputError(
        f"文件超过 {most // 1024 // 1024} MB 的上限",
        where=name[-100:],
        how="请删去图片或拆成几个文件后再上传",
        status=413,
    )


class LimitedUpload(FileUploadHandler):
    """Passes a file on to the handlers behind it until it grows too large; then drops it and reads to its end.

    The name of a dropped file stands in ``request.too_large``.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.seen = most, 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting anew."""
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Count and pass on."""
        self.seen += len(raw_data)
        if self.seen > self.most:
            self.request.too_large = self.file_name  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """The handlers behind make the file."""
        return


def limit_upload(request: HttpRequest) -> None:
    """Put the limit before the request's upload handlers; must run before its body is read."""
    request.upload_handlers.insert(0, LimitedUpload(request, most_bytes()))


def limited(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose uploads are limited. The CSRF check reads the body, so it comes after the limit is set."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_limit(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            limit_upload(request)
        return protected(request, *args, **kwargs)

    return with_limit


def uploaded(request: HttpRequest, field: str = "file") -> tuple[str, bytes]:
    """Name and content of an uploaded file that is small enough.

    Raises:
        InputError: there is none, or it was dropped for its size (413).
    """
    dropped = getattr(request, "too_large", None)
    if dropped is not None:
        raise too_large(dropped, most_bytes())
    file = request.FILES.get(field)
    if file is None:
        raise InputError("没有收到文件", how=f"请在“{field}”栏附上文件")
    return file.name or "未命名", file.read()
