"""A small S3-compatible server for the tests: put, get, head, delete, list, multipart; on this machine only."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

_STAMP = "2026-01-01T00:00:00.000Z"
_HTTP_STAMP = "Thu, 01 Jan 2026 00:00:00 GMT"


class Handler(BaseHTTPRequestHandler):
    """Path-style addresses: ``/bucket/key``."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes] = {}
    parts: dict[str, dict[int, bytes]] = {}

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def _place(self) -> tuple[str, dict[str, list[str]]]:
        address = urlsplit(self.path)
        return unquote(address.path).split("/", 2)[2] if address.path.count("/") > 1 else "", parse_qs(
            address.query, keep_blank_values=True
        )

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def do_PUT(self) -> None:
        key, query = self._place()
        body = self._body()
        if "uploadId" in query:
            self.parts[query["uploadId"][0]][int(query["partNumber"][0])] = body
        else:
            self.objects[key] = body
        self._answer(200, ETag='"1"')

    def do_POST(self) -> None:
        key, query = self._place()
        body = self._body()
        if "delete" in query:
            keys = re.findall(r"<Key>(.*?)</Key>", body.decode())
            for name in keys:
                self.objects.pop(name, None)
            rows = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in keys)
            xml = f"<DeleteResult>{rows}</DeleteResult>"
        elif "uploads" in query:
            self.parts["one"] = {}
            xml = "<InitiateMultipartUploadResult><UploadId>one</UploadId></InitiateMultipartUploadResult>"
        else:
            pieces = self.parts.pop(query["uploadId"][0])
            self.objects[key] = b"".join(pieces[number] for number in sorted(pieces))
            xml = "<CompleteMultipartUploadResult><ETag>1</ETag></CompleteMultipartUploadResult>"
        self._answer(200, xml.encode(), ETag='"1"')

    def do_GET(self) -> None:
        key, query = self._place()
        if "list-type" in query:
            rows = "".join(
                f"<Contents><Key>{escape(name)}</Key><LastModified>{_STAMP}</LastModified>"
                f"<ETag>1</ETag><Size>{len(body)}</Size></Contents>"
                for name, body in sorted(self.objects.items())
                if name.startswith(query.get("prefix", [""])[0])
            )
            xml = f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"
            self._answer(200, xml.encode())
        elif key in self.objects:
            self._answer(200, self.objects[key], ETag='"1"', Last_Modified=_HTTP_STAMP)
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.objects.pop(self._place()[0], None)
        self._answer(204)


def serve() -> ThreadingHTTPServer:
    """A running, empty server; ``server_address`` tells where."""
    handler = type("Fresh", (Handler,), {"objects": {}, "parts": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
