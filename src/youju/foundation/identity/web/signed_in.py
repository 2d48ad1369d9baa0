"""Who asks: Django's own way to a session's user, but for the query where the session has brought its user along."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from youju.foundation.identity.backends import known


class SignedIn(AuthenticationMiddleware):
    """Stands where Django's AuthenticationMiddleware would; keeps all of its checks."""

    def process_request(self, request: HttpRequest) -> None:
        """Name the user, looked for when first asked."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]


def _user(request: HttpRequest) -> Any:
    request.session.get("")  # reads it
    with known(getattr(request.session, "signed_in", None)):
        user = get_user(request)
    request.trail_stamp = getattr(request.session, "stamp", None)  # type: ignore[attr-defined]
    return user
