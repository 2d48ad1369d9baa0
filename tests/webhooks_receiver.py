"""A receiver of webhooks for tests: a real HTTP server on loopback that notes what comes and answers as told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Came:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """``answer`` decides on the status; ``came`` holds what was taken in."""

    url: str
    answer: Callable[[Came], int] = lambda _: 200
    came: list[Came] = field(default_factory=list)
    location: str = ""

    @property
    def numbers(self) -> list[str]:
        return [each.told["record"]["number"] for each in self.came]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Within the block a receiver listens."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came = Came(self.path, dict(self.headers), body)
            found.came.append(came)
            self.send_response(found.answer(came))
            if found.location:
                self.send_header("Location", found.location)
            self.end_headers()
            self.wfile.write("收到了".encode())

        def log_message(self, *_: Any) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Receiver(f"http://127.0.0.1:{server.server_port}/hook?a=1")
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
