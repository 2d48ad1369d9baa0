"""Bad input from any view becomes a page; a body that is too big is refused before it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.errors import error_page, input_error_page

Next = Callable[[HttpRequest], HttpResponseBase]


class InputErrors:
    """``InputError`` raised in a view → its sentence and its 4xx status; nothing has been stored then."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for bad input; leave everything else to Django."""
        if isinstance(exception, InputError):
            return input_error_page(request, exception)
        if isinstance(exception, RequestDataTooBig):
            return error_page(request, 413)
        return None


class RequestSize:
    """Refuse a body larger than ``settings.MAX_REQUEST_BYTES`` by what its header says.

    A body without a length is not read at all by the WSGI request, so none slips past.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MAX_REQUEST_BYTES:
            megabytes = settings.MAX_REQUEST_BYTES // (1024 * 1024)
            return error_page(
                request,
                413,
                sentence=f"提交的内容超过 {megabytes} MB，系统没有接收。",
                how="请拆分文件，或另存为更小的文件后再上传。",
            )
        return self.get_response(request)
