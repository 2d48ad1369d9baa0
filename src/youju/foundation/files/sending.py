"""Handing a kept file to a browser: streamed, under its name, never run as a page of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags, quote_etag

from youju.foundation.files.selectors import Kept, open_kept
from youju.foundation.kernel.errors import InputError

_PIECE = 64 * 1024


def file_response(
    request: HttpRequest, kept: Kept, *, name: str = "", inline: bool = False
) -> HttpResponseBase:
    """The file as a download, or shown in the browser where its kind allows it. Knows ``Range`` and ``If-None-Match``.

    Raises:
        InputError: the content is missing from the store (404).
    """
    etag = quote_etag(kept.sha256)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    try:
        file = open_kept(kept.sha256)
    except FileNotFoundError as error:
        raise InputError(
            "保存的文件不见了", where=name or kept.name, how="请联系系统管理员", status=404
        ) from error
    first, last = _range(request.headers.get("Range", ""), kept.size)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{kept.size}"})
    whole = (first, last) == (0, kept.size - 1)
    response = StreamingHttpResponse(
        _pieces(file, first, last), status=200 if whole else 206, content_type=kept.media_type
    )
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    # Nothing in a file may act in our name, whatever a browser makes of it.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    show = inline and kept.kind.inline
    response["Content-Disposition"] = content_disposition_header(not show, name or kept.name) or "attachment"
    if not whole:
        response["Content-Range"] = f"bytes {first}-{last}/{kept.size}"
    return response


def _range(header: str, size: int) -> tuple[int, int]:
    """The first and last byte asked for; the whole file where the header is missing or of another form."""
    unit, _, spec = header.partition("=")
    start, dash, end = spec.partition("-")
    numbers = (start + end).isdigit() and all(not part or part.isdigit() for part in (start, end))
    if unit.strip() != "bytes" or not dash or not numbers:
        return 0, size - 1
    if not start:
        return max(0, size - int(end)), size - 1 if int(end) else -1
    return int(start), min(int(end), size - 1) if end else size - 1


def _pieces(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
