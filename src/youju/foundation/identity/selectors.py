"""Reads of accounts and organisations."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.permissions import Permission, require

ORGANISATION_KINDS: list[tuple[str, str]] = [(kind.value, kind.label) for kind in Organisation.Kind]
_STATES = {
    "open": Q(is_active=True),
    "closed": Q(is_active=False),
    "initial": Q(is_active=True, must_change_password=True),
}


def users(*, actor: User, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Accounts with their organisations.

    Args:
        actor: who asks.
        text: part of the username, the name or the organisation's name.
        role: a role's short code.
        state: ``open``, ``closed`` or ``initial`` (open, with an initial password).

    Raises:
        PermissionDenied: the actor may not see users.
    """
    require(actor, Permission.USERS_VIEW)
    found = User.objects.select_related("organisation").order_by("username")
    if text:
        found = found.filter(
            Q(username__icontains=text)
            | Q(display_name__icontains=text)
            | Q(organisation__name__icontains=text)
        )
    if role:
        found = found.filter(roles__contains=[role])
    return found.filter(_STATES[state]) if state else found


def organisations(*, actor: User) -> QuerySet[Organisation]:
    """Every organisation with ``people``, the number of its accounts.

    Raises:
        PermissionDenied: the actor may not see users.
    """
    require(actor, Permission.USERS_VIEW)
    return Organisation.objects.annotate(people=Count("users")).order_by("name")


def colleagues(*, actor: User, everybody: bool = False) -> QuerySet[User]:
    """The open accounts of the actor's organisation, or of all of them: who can stand in for whom."""
    found = User.objects.filter(is_active=True).select_related("organisation").order_by("display_name", "pk")
    return found if everybody else found.filter(organisation_id=actor.organisation_id)


def any_user() -> bool:
    """Whether there is an account yet; the login page tells how to make the first one."""
    return User.objects.exists()
