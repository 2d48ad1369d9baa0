"""Which addresses we send to: those of the public internet alone, so that nobody makes us knock on doors inside.

A name is resolved when it is registered and again at each delivery; the connection then goes to the address that was
checked, whatever the name says a moment later.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

from youju.foundation.kernel.errors import InputError

_WHERE = "接收地址"
_LONGEST = 500
_NAT64 = IPv6Network("64:ff9b::/96")
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart; ``host`` is ASCII, ``path`` has its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The ``Host`` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def loopback_allowed() -> bool:
    """Whether a program on this machine may be told: in the demo, and where ``YOUJU_WEBHOOKS_LOOPBACK=1`` is set."""
    return bool(settings.DEMO_MODE) or os.environ.get("YOUJU_WEBHOOKS_LOOPBACK") == "1"


def read(url: str) -> Target:
    """Take a URL apart.

    Raises:
        InputError: out of form, with a name and password in it, or of another scheme than https (422). http is for
            loopback alone, where that is allowed.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise InputError(
            "接收地址看不懂", where=_WHERE, how="请写成 https://主机名/路径", status=422
        ) from error
    plain = url.isascii() and url.isprintable() and " " not in url
    if not host or not port or len(url) > _LONGEST or not plain or parts.scheme not in _PORTS:
        raise InputError("接收地址看不懂", where=_WHERE, how="请写成 https://主机名/路径", status=422)
    if parts.username or parts.password or parts.fragment:
        raise InputError(
            "接收地址里不能有用户名、密码或 #", where=_WHERE, how="请去掉；通知本身带有签名", status=422
        )
    if parts.scheme == "http" and not (
        loopback_allowed() and all(a.is_loopback for a in _resolved(host, port))
    ):
        raise InputError("接收地址须以 https:// 开头", where=_WHERE, how="请给接收程序装上证书", status=422)
    path = parts.path or "/"
    return Target(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)


def addresses(target: Target) -> list[str]:
    """The addresses of a host, when every one of them may be sent to.

    Raises:
        InputError: the name has no address, or one that is not of the public internet (422).
    """
    found = _resolved(target.host, target.port)
    if all(each.is_loopback for each in found) and loopback_allowed():
        return [str(each) for each in found]
    if not all(is_public(each) for each in found):
        raise InputError(
            "这个主机名指向内部网络的地址，不能发送", where=_WHERE, how="请用公网上能访问的地址", status=422
        )
    return [str(each) for each in found]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is of the public internet; one that carries an IPv4 address is judged by that."""
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if carried is None and address in _NAT64:
            carried = IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _resolved(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(
            f"找不到主机“{host[:80]}”", where=_WHERE, how="请核对地址，或稍后再试", status=422
        ) from error
    # A scope (fe80::1%eth0) says nothing about where an address leads.
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in told]
