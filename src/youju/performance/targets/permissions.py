"""What each action of this room asks for, by name; who holds it stands in the identity room."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.TARGETS_VIEW
IMPORT = Permission.TARGETS_IMPORT
EDIT = Permission.TARGETS_EDIT
EXPORT = Permission.TARGETS_EXPORT
SUBMIT = Permission.TARGETS_SUBMIT
REVIEW = Permission.TARGETS_REVIEW
APPROVE = Permission.TARGETS_APPROVE
PUBLISH = Permission.TARGETS_PUBLISH
VIEW_FINDINGS = Permission.FINDINGS_VIEW


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
