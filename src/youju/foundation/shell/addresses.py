"""Where a request comes from."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's IP address; ``None`` where the server doesn't tell one (a Unix socket).

    Behind ``TRUSTED_PROXIES`` proxies each adds the address it was called from at the right end of
    ``X-Forwarded-For``: what stands further left was sent by the client and may be made up.
    """
    told = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        chain = [
            part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
        ]
        told = chain[-proxies] if len(chain) >= proxies else told
    try:
        return str(ip_address(told))
    except ValueError:
        return None
