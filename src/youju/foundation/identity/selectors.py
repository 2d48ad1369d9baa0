"""Reads of accounts and organisations."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.permissions import Permission, require


def users(*, actor: User) -> QuerySet[User]:
    """Every account with its organisation, for lists.

    Raises:
        PermissionDenied: the actor may not see users.
    """
    require(actor, Permission.USERS_VIEW)
    return User.objects.select_related("organisation").order_by("username")


def organisations(*, actor: User) -> QuerySet[Organisation]:
    """Every organisation with ``people``, the number of its accounts.

    Raises:
        PermissionDenied: the actor may not see users.
    """
    require(actor, Permission.USERS_VIEW)
    return Organisation.objects.annotate(people=Count("users")).order_by("name")


def any_user() -> bool:
    """Whether there is an account yet; the login page tells how to make the first one."""
    return User.objects.exists()
