"""What each action of this room asks for, by name; who holds it stands in the identity room."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission, allowed

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

FILE_BUYER = Permission.BUYERS_FILE
VIEW_AGREEMENTS = Permission.AGREEMENTS_VIEW
SIGN_AGREEMENTS = Permission.AGREEMENTS_SIGN
OWN = Permission.PARTIES_OWN
FILE = Permission.PARTIES_FILE
VIEW = Permission.PARTIES_VIEW
REVIEW = Permission.PARTIES_REVIEW
SUSPEND = Permission.PARTIES_SUSPEND
MERGE = Permission.PARTIES_MERGE
UNMASK = Permission.PARTIES_UNMASK
IMPORT = Permission.PARTIES_IMPORT
EXPORT = Permission.PARTIES_EXPORT
TRACE = Permission.TRACING_VIEW
"""Who is led on to where goods went."""


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)


def sees_files(user: User) -> bool:
    """Whether the user reads files of parties at all, its own or those that it handles; which rows is the database's to say."""
    return allowed(user, VIEW) or allowed(user, OWN)
