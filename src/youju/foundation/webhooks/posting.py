"""One POST to a checked address: no redirect, no proxy, a limit to the time and to what is read of the answer."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from youju.foundation.kernel.errors import InputError
from youju.foundation.webhooks import guarding

_EXCERPT = 500


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it: a status and the beginning of the answer, or no status and why."""

    status: int | None
    excerpt: str

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float) -> Reply:
    """Send; whatever goes wrong is told in the reply."""
    try:
        target = guarding.read(url)
        address = guarding.addresses(target)[0]
    except InputError as error:
        return Reply(None, str(error))
    connection = _Pinned(target, address, seconds)
    # The time limit of a socket is for each read; a receiver that answers byte by byte must not hold a worker for long.
    timer = threading.Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target.path, body=body, headers={**headers, "Host": target.named})
        answer = connection.getresponse()
        return Reply(answer.status, _readable(answer.read(_EXCERPT * 4)))
    except (OSError, http.client.HTTPException) as error:
        late = connection.was_cut or isinstance(error, TimeoutError)
        return Reply(None, f"{seconds:g} 秒内没有回答" if late else _why(error))
    finally:
        timer.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the very address that was checked; the certificate is still the host's."""

    def __init__(self, target: guarding.Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target, self.address, self.was_cut = target, address, False

    def connect(self) -> None:
        """Connect, with TLS where the scheme says so."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.target.scheme == "https":
            self.sock = _tls().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End whatever is going on."""
        self.was_cut = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return f"证书或加密连接不对：{getattr(error, 'verify_message', '') or error.reason or error}"
    if isinstance(error, ConnectionRefusedError):
        return "对方拒绝连接"
    return f"没有连上或中断了（{type(error).__name__}）"


def _readable(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "�" for sign in text)[:_EXCERPT]
