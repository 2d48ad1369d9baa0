"""Requests and answers: the key, the idempotency key, retries, bulk."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from http.client import HTTPException
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from pydantic import BaseModel

from youju_client.errors import RefusedError, UnreachableError

_AGAIN = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came; header names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """What became of one line of a bulk request; ``told`` is the rest of its answer."""

    line: int
    key: str
    status: int
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300


Send = Callable[[str, str, Mapping[str, str], bytes | None, float], Answer]


def send(method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Answer:
    """One request by the standard library."""
    request = Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310 - the user's own base address
    try:
        with urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


class Transport:
    """Asks one server with one key.

    A request that was not answered, or was answered 429 or 503, is sent again, after ``Retry-After`` or a pause that doubles.
    One that changes something carries an idempotency key, the same at each try: however often it is sent, it is done once.
    """

    def __init__(
        self,
        base: str,
        key: str,
        *,
        timeout: float = 30.0,
        tries: int = 5,
        longest_pause: float = 60.0,
        sender: Send = send,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Args: base such as ``https://youju.example``; an API key; seconds; how often at most; the rest is for tests."""
        self.base, self.key = base.rstrip("/"), key
        self.timeout, self.tries, self.longest_pause = timeout, tries, longest_pause
        self._sender, self._sleep = sender, sleep

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: BaseModel | None = None,
        file: tuple[str, BinaryIO | bytes] | None = None,
        fields: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        once: bool = False,
    ) -> Any:
        """The answer's JSON; ``None`` for an empty one.

        Raises:
            RefusedError: 4xx or 5xx.
            UnreachableError: no answer after the last try.
        """
        headers = {"Accept": "application/json"}
        if once:
            headers["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        data: bytes | None = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = body.model_dump_json(exclude_unset=True, by_alias=True).encode()
        elif file is not None:
            data, headers["Content-Type"] = _form(file, fields or {})
        answer = self._ask(method, path, query, headers, data, repeatable=once or method in {"GET", "DELETE"})
        return json.loads(answer.body) if answer.body else None

    def fetch(self, method: str, path: str) -> bytes:
        """A file as it is sent.

        Raises:
            RefusedError: 4xx or 5xx.
            UnreachableError: no answer after the last try.
        """
        return self._ask(method, path, None, {"Accept": "*/*"}, None, repeatable=True).body

    def bulk(self, path: str, lines: Iterable[tuple[str, BaseModel]]) -> Iterator[BulkAnswer]:
        """Send lines with their own keys in one request; an answer for each. Sending the same again does nothing twice."""
        rows = [
            json.dumps({"key": key} | json.loads(each.model_dump_json(exclude_unset=True, by_alias=True)))
            for key, each in lines
        ]
        headers = {"Accept": "application/x-ndjson", "Content-Type": "application/x-ndjson"}
        data = "".join(f"{row}\n" for row in rows).encode()
        answer = self._ask("POST", path, None, headers, data, repeatable=True)
        for row in answer.body.splitlines():
            told = json.loads(row)
            yield BulkAnswer(told.pop("line"), told.pop("key"), told.pop("status"), told)

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        headers: dict[str, str],
        data: bytes | None,
        *,
        repeatable: bool,
    ) -> Answer:
        url = self.base + path + _query(query or {})
        headers = headers | {"Authorization": f"Bearer {self.key}"}
        for attempt in range(1, self.tries + 1):
            last = attempt == self.tries
            try:
                answer = self._sender(method, url, headers, data, self.timeout)
            except (URLError, OSError, HTTPException) as error:
                if last or not repeatable:
                    raise UnreachableError(str(error)) from error
                self._sleep(self._pause(attempt, None))
                continue
            if answer.status in _AGAIN and not last:
                self._sleep(self._pause(attempt, answer.headers.get("retry-after")))
                continue
            if answer.status >= 400:
                raise _refused(answer)
            return answer
        raise AssertionError("the last try answers or raises")

    def _pause(self, attempt: int, asked: str | None) -> float:
        wanted = float(asked) if asked and asked.isdigit() else 0.5 * 2.0 ** (attempt - 1)
        return min(self.longest_pause, wanted)


def in_path(value: object) -> str:
    """A value as a part of a path."""
    return quote(str(value), safe="")


def _query(values: Mapping[str, Any]) -> str:
    told = {name: _plain(value) for name, value in values.items() if value is not None}
    return f"?{urlencode(told)}" if told else ""


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime) else str(getattr(value, "value", value))


def _form(file: tuple[str, BinaryIO | bytes], fields: Mapping[str, Any]) -> tuple[bytes, str]:
    mark, (name, content) = uuid.uuid4().hex, file
    raw = content if isinstance(content, bytes) else content.read()
    safe = quote(name, safe=" ()-_.")
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{_plain(value)}\r\n'.encode()
        for key, value in fields.items()
        if value is not None
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{safe}"\r\n'
    parts += [
        f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(),
        raw,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    return b"".join(parts), f"multipart/form-data; boundary={mark}"


def _refused(answer: Answer) -> RefusedError:
    try:
        told = json.loads(answer.body)
        return RefusedError(answer.status, str(told["detail"]), told.get("findings"))
    except (ValueError, KeyError, TypeError):
        return RefusedError(answer.status, answer.body[:200].decode("utf-8", "replace"))
