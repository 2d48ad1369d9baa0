"""Handing a kept file to a browser: streamed, under its name, never run as a page of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags, quote_etag

from youju.foundation.files.selectors import Kept, open_whole

_PIECE = 64 * 1024
_LONGEST = 18  # digits of a place in a file; more is no place in any


def file_response(
    request: HttpRequest, kept: Kept, *, name: str = "", inline: bool = False
) -> HttpResponseBase:
    """The file as a download, or shown in the browser where its kind allows it. Knows ``Range`` and ``If-None-Match``.

    Raises:
        InputError: the content is missing from the store (404) or is damaged (409).
    """
    etag = quote_etag(kept.sha256)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    file = open_whole(kept, name=name)
    first, last = _range(request.headers.get("Range", ""), kept.size)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{kept.size}"})
    whole = (first, last) == (0, kept.size - 1)
    response = StreamingHttpResponse(
        _Pieces(file, first, last), status=200 if whole else 206, content_type=kept.media_type
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
    both = start + end
    # isdigit alone takes signs such as ² for digits, which no number can be made of.
    numbers = both.isascii() and both.isdigit() and max(len(start), len(end)) <= _LONGEST
    if unit.strip() != "bytes" or not dash or not numbers:
        return 0, size - 1
    if not start:
        return max(0, size - int(end)), size - 1 if int(end) else -1
    return int(start), min(int(end), size - 1) if end else size - 1


class _Pieces:
    """A stretch of a file, closed when it is read or given up: a visitor who leaves before the first byte too."""

    def __init__(self, file: BinaryIO, first: int, last: int) -> None:
        self.file, self.left = file, last - first + 1
        file.seek(first)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self.file.read(min(_PIECE, self.left)) if self.left else b""
        self.left -= len(piece)
        if not piece:
            self.close()
            raise StopIteration
        return piece

    def close(self) -> None:
        """Give the file back; called by Django at the end of the response."""
        self.file.close()
        self.left = 0
