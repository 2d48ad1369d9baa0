"""What each action of this room asks for, by name; who holds it stands in the identity room."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission, allowed

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

EXPORT = Permission.PARTIES_EXPORT
FILE = Permission.PARTIES_FILE
IMPORT = Permission.PARTIES_IMPORT
MERGE = Permission.PARTIES_MERGE
OWN = Permission.PARTIES_OWN
REVIEW = Permission.PARTIES_REVIEW
SUSPEND = Permission.PARTIES_SUSPEND
VIEW = Permission.PARTIES_VIEW


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)


def sees_files(user: User) -> bool:
    """Whether the user reads files of parties at all, its own or those that it handles; which rows is the database's to say."""
    return allowed(user, VIEW) or allowed(user, OWN)
