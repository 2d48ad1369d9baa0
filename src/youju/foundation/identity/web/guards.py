"""Every view carries exactly one mark: ``permission_required(...)`` or ``public``. A view without one answers
403 (``middleware.ClosedByDefault``) and fails tests/web/test_permissions_walk.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase

from youju.foundation.identity.permissions import Permission, allowed, require
from youju.foundation.identity.web.gate import to_login

View = Callable[..., HttpResponseBase]


def permission_required(permission: Permission) -> Callable[[View], View]:
    """Let only holders of the permission in; sets ``view.required_permission``.

    An anonymous visitor goes to the login page and back afterwards (an API caller gets 401); a user without
    the permission gets 403. Works on functions and on the result of ``as_view()``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            require(request.user, permission)
            return view(request, *args, **kwargs)

        cast(Any, guarded).required_permission = permission
        return guarded

    return decorate


def any_permission_required(*permissions: Permission) -> Callable[[View], View]:
    """Let holders of one of the permissions in; sets ``view.required_permission`` to the tuple of them.

    For a page that two kinds of people reach by different permissions; which rows they see is the selector's business.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if not any(allowed(request.user, permission) for permission in permissions):
                require(request.user, permissions[0])
            return view(request, *args, **kwargs)

        cast(Any, guarded).required_permission = permissions
        return guarded

    return decorate


def public(view: View) -> View:
    """Mark a view as open to everyone; sets ``view.is_public``."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    cast(Any, open_view).is_public = True
    return open_view
