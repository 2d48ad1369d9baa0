"""A person at a browser that does not give up: what was not answered is sent again, as people and programs do."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from kills.product import PATIENCE, Product

PASSWORD = "seven-blue-lanterns"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: str


class Visitor:
    """A logged-in session of one person."""

    def __init__(self, product: Product, username: str) -> None:
        self.product, self.username = product, username
        self.cookies: dict[str, str] = {}

    def log_in(self) -> None:
        """By the page, with the password."""
        self.send("GET", "/login")
        answer = self.form("/login", {"username": self.username, "password": PASSWORD})
        assert answer.status == 302, answer

    def form(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self.send("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def upload(self, path: str, name: str, content: bytes) -> Answer:
        """Send a file."""
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.send("POST", path, body, f"multipart/form-data; boundary={edge}")

    def call(self, path: str, payload: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Call the API under an idempotency key."""
        body = json.dumps(payload).encode()
        answer = self.send("POST", path, body, "application/json", {"Idempotency-Key": key})
        assert answer.status == 200, answer
        return dict(json.loads(answer.body))

    def send(
        self, method: str, path: str, body: bytes = b"", kind: str = "", more: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request until it is answered; one that the kill cut off or that failed for it is sent again."""
        end = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < end, f"{method} {path} was never answered"
            try:
                answer = self._once(method, path, body, kind, more or {})
            except (OSError, http.client.HTTPException):
                answer = None
            if answer is not None and answer.status < 500 and answer.status != 429:
                return answer
            time.sleep(0.05)

    def _once(self, method: str, path: str, body: bytes, kind: str, more: Mapping[str, str]) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **more}
        if method != "GET":
            headers |= {"Content-Type": kind, "X-CSRFToken": self.cookies.get("youju_csrf", "")}
        connection = http.client.HTTPConnection("127.0.0.1", self.product.port, timeout=10)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, answer.headers.get("Location", ""), text)
